"""Libraries written from the released description of the API: `./ncce sdk`."""
