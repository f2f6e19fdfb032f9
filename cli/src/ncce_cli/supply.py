"""What the platform is made of that others wrote: under which licence, why it is there, and as a bill of materials.

`python -m ncce_cli.supply` writes docs/licences.md; `python -m ncce_cli.supply bill MEMBER` prints what the image of a
member holds as CycloneDX 1.6, from the lock file, with the hashes that the build insists on.
"""

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution, distributions

from ncce_cli.parts import MEMBERS, ROOT

PAGE = ROOT / "docs" / "licences.md"
SHIPPED = frozenset(
    {
        "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "PSF-2.0", "Unlicense", "MPL-2.0",
    }
)  # fmt: skip
"""What an image may hold: nothing that asks whoever passes it on for the sources of what we wrote."""
AT_HAND = SHIPPED | {"GPL-3.0", "GPL-3.0-or-later", "LGPL-3.0"}
"""What tests and checks may use: programs of their own that no image holds."""
MEANT = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "ISC License": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "PSFL": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0",
    "LGPLv3": "LGPL-3.0",
}
"""Words of packages that say it in words, as SPDX says it."""
UNTOLD = {"axe-playwright-python": "MIT"}
"""Read in the package's own sources, because what it says of itself names no licence."""
LOCKED = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)", re.MULTILINE)
NAME = re.compile(r"^[A-Za-z0-9._-]+")
HEAD = """\
# What others wrote

Every package that the lock file names, with its licence and who needs it. In images: {shipped}. Only beside tests and
checks: {more}. A package under anything else, or without a word about it, fails `tests/deploy/test_supply.py`.

`.venv/bin/python -m ncce_cli.supply bill funding` prints what the image of a member holds, as CycloneDX.

Written by `.venv/bin/python -m ncce_cli.supply`; do not edit.

| package | version | licence | in images of | because of |
|---|---|---|---|---|
"""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(file: str = "requirements.lock") -> dict[str, tuple[str, list[str]]]:
    """By package its version and the hashes of which one must fit."""
    found = LOCKED.finditer((ROOT / file).read_text())
    return {one["name"]: (one["version"], re.findall(r"sha256:([0-9a-f]{64})", one["rest"])) for one in found}


def licence_of(name: str) -> str:
    """As SPDX writes it; empty when the package does not say."""
    if name in UNTOLD:
        return UNTOLD[name]
    try:
        said = distribution(name).metadata
    except PackageNotFoundError:
        return ""
    if "License-Expression" in said:
        return said["License-Expression"]
    words = said["License"].strip() if "License" in said else ""
    classes = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    told = [words] if words and "\n" not in words else classes
    return " OR ".join(dict.fromkeys(MEANT.get(one, one) for one in told))


def may_be(licence: str, allowed: frozenset[str]) -> bool:
    """Whether one of the alternatives is allowed as a whole."""
    return any(all(part.strip() in allowed for part in one.split(" AND ")) for one in licence.split(" OR "))


def shipped_in() -> dict[str, list[str]]:
    """By package the members whose images hold it."""
    found: dict[str, list[str]] = {}
    for member in MEMBERS:
        for name in locked(f"deploy/requirements/{member}.txt"):
            found.setdefault(name, []).append(member)
    return found


def needed_by(*, by_extra: bool) -> dict[str, set[str]]:
    """By package those that ask for it, ours among them; always, or only with one of their extras."""
    found: dict[str, set[str]] = {}
    for one in distributions():
        for requirement in one.requires or ():
            if (name := NAME.match(requirement)) and ("extra ==" in requirement) is by_extra:
                found.setdefault(plain(name[0]), set()).add(plain(one.metadata["Name"]))
    return found


def page() -> str:
    """docs/licences.md, as it should be."""
    images, packages = shipped_in(), locked()
    needs, extras = needed_by(by_extra=False), needed_by(by_extra=True)
    ours = {plain(one.metadata["Name"]) for one in distributions() if one.metadata["Name"].startswith("ncce")}
    rows = []
    for name, (version, _) in packages.items():
        whose = ", ".join(images.get(name, ())) or "–"
        known = ours | set(packages)
        why = needs.get(name, set()) & known or (extras.get(name, set()) & known if name in images else set())
        because = ", ".join(sorted(why)) or "tests and checks"
        rows.append(f"| {name} | {version} | {licence_of(name)} | {whose} | {because} |\n")
    more = ", ".join(sorted(AT_HAND - SHIPPED))
    return HEAD.format(shipped=", ".join(sorted(SHIPPED)), more=more) + "".join(rows)


def bill(member: str) -> dict[str, object]:
    """What the image of a member holds beside our own code, as CycloneDX 1.6."""
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "licenses": [{"expression": licence_of(name)}],
            "properties": [{"name": "ncce:accepted-sha256", "value": one} for one in hashes],
        }
        for name, (version, hashes) in locked(f"deploy/requirements/{member}.txt").items()
    ]
    subject = {"type": "container", "name": f"ncce/{member}"}
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": subject},
            "components": components}  # fmt: skip


def main(arguments: list[str]) -> None:
    """Write the page, or print a bill."""
    match arguments:
        case []:
            PAGE.write_text(page())
        case ["bill", member] if member in MEMBERS:
            print(json.dumps(bill(member), indent=2))
        case _:
            sys.exit(f"usage: python -m ncce_cli.supply [bill {'|'.join(MEMBERS)}]")


if __name__ == "__main__":
    main(sys.argv[1:])
