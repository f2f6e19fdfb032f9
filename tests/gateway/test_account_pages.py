"""The pages on which people sign in, as bytes: strict, closed in themselves, the same for everybody."""

import re
from importlib.resources import files

from gateway.account.site import ASSETS, MAILED, TEMPLATES, account_site, asset

PAGES = {path: account_site().page(path.encode()) for path in TEMPLATES}
SCRIPTS = {name: account_site().page(asset(name).encode()).body.decode() for name in ASSETS if name.endswith(".js")}


def test_pages_run_scripts_of_this_site_only_are_in_no_frame_and_send_no_form_by_themselves() -> None:
    for page in PAGES.values():
        policy = dict(page.headers())[b"content-security-policy"].decode()
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "form-action 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert re.findall(r"<script>|<style|\sstyle=|\son[a-z]+=|//", page.body.decode().replace("<!DOCTYPE", "")) == []


def test_everything_that_pages_and_scripts_name_is_there() -> None:
    paths = {path.decode() for path in account_site().paths}
    for page in PAGES.values():
        named = re.findall(r'(?:src|href)="(/[^"]+)"', page.body.decode())
        assert named
        assert set(named) <= paths
    for text in SCRIPTS.values():
        assert set(re.findall(r'from "\./([^"]+)"', text)) <= set(ASSETS)


def test_no_script_writes_markup_from_what_it_was_told() -> None:
    for name, text in SCRIPTS.items():
        assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text) == [], name


def test_every_part_that_a_script_looks_for_is_on_its_page() -> None:
    for name, path in {"sign-in.js": "/sign-in", "account.js": "/account", "register.js": "/register"}.items():
        looked_for = set(re.findall(r'part\("([^"]+)"\)', SCRIPTS[name]))
        assert looked_for <= set(re.findall(r'id="([^"]+)"', PAGES[path].body.decode())), name


def test_every_link_of_a_mail_with_a_token_leads_to_a_page_that_sends_it_on() -> None:
    mails = [one.read_text() for one in files("identity").joinpath("mail", "templates").iterdir()]
    mailed = {path for text in mails for path in re.findall(r"public_url }}([a-z-]+)#token=", text)}
    assert mailed == set(MAILED)
    for name in mailed:
        assert len(re.findall(r'<form method="post" data-to="/v1/', PAGES[f"/{name}"].body.decode())) == 1, name


def test_mails_about_accounts_name_pages_that_are_there() -> None:
    for name in ("password_changed", "reset_without_account", "already_registered", "accounts_merged"):
        text = files("identity").joinpath("mail", "templates", f"{name}.txt").read_text()
        named = re.findall(r"public_url }}(\S+)", text)
        assert named
        assert {f"/{path}" for path in named} <= set(PAGES), name
