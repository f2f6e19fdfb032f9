"""Operations, by area. Written by `./ncce sdk`; do not edit."""
