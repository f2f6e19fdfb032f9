// Signing in by cookie: a password and what goes with it, a passkey alone, or an account elsewhere.
import { HAS_PASSKEYS, sign, typed } from "./factors.js";
import { call, onSubmit, Problem, show, turnTo, wayOn } from "./session.js";

const part = (id) => document.getElementById(id);
const FLOW = "ncce-flow", LINK = "ncce-link", NEXT = "ncce-next";
let asked = null;

const kept = (name) => {
  const value = sessionStorage.getItem(name);
  sessionStorage.removeItem(name);
  return value;
};

const linkWhatWaits = async () => {
  const link = kept(LINK);
  if (link) await call("POST", "/v1/me/federated-identities", { link });
};

const leave = async () => {
  const { is_required, totp, passkeys } = await call("GET", "/v1/me/second-factors");
  const next = kept(NEXT) ?? wayOn("/account");
  if (is_required && !totp && passkeys.length === 0) location.assign("/account?next=" + encodeURIComponent(next));
  else location.assign(next);
};

const goOn = async (answer) => {
  if (answer.status === "second_factor_required") {
    asked = answer;
    part("factor-passkey").hidden = !(HAS_PASSKEYS && answer.passkey_options);
    part("factor-code").hidden = !answer.methods.some((one) => one !== "passkey");
    turnTo("factor");
  } else if (answer.status === "link_required") {
    sessionStorage.setItem(LINK, answer.link);
    part("link-wanted").hidden = false;
    if (answer.suggestion.email) part("email").value = answer.suggestion.email;
    turnTo("password");
  } else {
    // What is signed in stays signed in, whatever becomes of the link.
    await linkWhatWaits().catch(show);
    if (part("problem").hidden) await leave();
  }
};

onSubmit(part("password-form"), async (_, form) => {
  const email = form.get("email").trim();
  await goOn(await call("POST", "/v1/auth/login", { email, password: form.get("password"), mode: "cookie" }));
});

const prove = async (proof) => {
  try {
    await goOn(await call("POST", "/v1/auth/second-factor", { challenge: asked.challenge, proof, mode: "cookie" }));
  } catch (error) {
    if (error.code === "challenge-not-valid") turnTo("password");
    throw error;
  }
};

onSubmit(part("code-form"), (_, form) => prove(typed(form.get("code"))));
onSubmit(part("factor-passkey"), async () => prove({ method: "passkey", credential: await sign(asked.passkey_options) }));

onSubmit(part("passkey-form"), async () => {
  const { challenge, options } = await call("POST", "/v1/auth/passkey-challenges");
  await goOn(await call("POST", "/v1/auth/passkey", { challenge, credential: await sign(options), mode: "cookie" }));
});

onSubmit(part("providers"), async (button) => {
  const begun = await call("POST", `/v1/auth/providers/${encodeURIComponent(button.value)}/flows`);
  sessionStorage.setItem(FLOW, begun.flow);
  sessionStorage.setItem(NEXT, wayOn("/account"));
  location.assign(begun.authorization_url);
});

const offerProviders = async () => {
  const { data } = await call("GET", "/v1/auth/providers");
  const buttons = data.map(({ name, title }) => {
    const button = Object.assign(document.createElement("button"), { value: name, textContent: `Sign in with ${title}` });
    button.className = "second";
    return button;
  });
  part("providers").replaceChildren(...buttons);
  part("elsewhere").hidden = buttons.length === 0;
};

const comeBack = async () => {
  const told = new URLSearchParams(location.search), flow = kept(FLOW);
  history.replaceState(null, "", "/sign-in");
  if (!flow || !told.get("code") || !told.get("state"))
    throw new Problem(401, { title: "The sign-in elsewhere did not work", detail: "Begin again, or sign in with your password." });
  const back = { flow, oauth_state: told.get("state"), code: told.get("code"), mode: "cookie" };
  if (told.get("iss")) back.iss = told.get("iss");
  await goOn(await call("POST", "/v1/auth/providers/return", back));
};

part("passkey-form").hidden = !HAS_PASSKEYS;
if (location.pathname === "/sign-in/return") comeBack().catch(show);
offerProviders().catch(show);
document.body.dataset.ready = "";
