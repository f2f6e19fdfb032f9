// One's own account: who one is, second factors, signing out.
import { HAS_PASSKEYS, make, sign, typed } from "./factors.js";
import { call, onSubmit, Problem, show, toSignIn, wayOn } from "./session.js";

const part = (id) => document.getElementById(id);
const FACTORS = "/v1/me/second-factors";
const day = (moment) => new Date(moment).toLocaleDateString("en-GB", { dateStyle: "long" });
const CALLED_OFF = { code: "called-off", title: "You went on to something else" };
let held = null, waiting = null;

// What needs a recent proof is done after one, asked for on this page. Another thing begun meanwhile takes its place.
const withProof = async (act) => {
  try {
    return await act();
  } catch (error) {
    if (error.code !== "fresh-proof-required") throw error;
  }
  const has = Boolean(held.totp || held.passkeys.length || held.recovery_codes_left);
  part("proof-password").hidden = has;
  part("proof-code").hidden = !(held.totp || held.recovery_codes_left);
  part("proof-passkey").hidden = !(HAS_PASSKEYS && held.passkeys.length);
  part("proof").hidden = false;
  part("proof").querySelector("h2").focus();
  waiting?.callOff(new Problem(0, CALLED_OFF));
  await new Promise((goOn, callOff) => { waiting = { goOn, callOff }; });
  return act();
};

const prove = async (body) => {
  await call("POST", "/v1/me/proofs", body);
  part("proof").hidden = true;
  waiting.goOn();
  waiting = null;
};

onSubmit(part("proof-password"), async (_, form) => {
  await prove({ proof: { method: "password", password: form.get("password") } });
});
onSubmit(part("proof-code"), (_, form) => prove({ proof: typed(form.get("code")) }));
onSubmit(part("proof-passkey"), async () => {
  const { challenge, options } = await call("POST", "/v1/me/proofs/challenges");
  await prove({ challenge, proof: { method: "passkey", credential: await sign(options) } });
});

const tell = (text) => { part("done").textContent = text; };

const showCodes = (codes) => {
  if (!codes) return;
  part("codes").querySelector("ol").replaceChildren(
    ...codes.map((code) => {
      const line = document.createElement("li");
      line.append(Object.assign(document.createElement("code"), { textContent: code }));
      return line;
    }),
  );
  part("codes").hidden = false;
  part("codes").querySelector("h2").focus();
};

const factorLine = (text, what, remove) => {
  const line = document.createElement("li"), button = document.createElement("button");
  Object.assign(button, { textContent: "Remove", className: "second" });
  button.setAttribute("aria-label", `Remove ${what}`);
  button.addEventListener("click", () => {
    withProof(remove).then(draw).then(() => tell(`${what} is removed.`)).catch(show);
  });
  line.append(text, " ", button);
  return line;
};

const draw = async () => {
  held = await call("GET", FACTORS);
  const lines = held.passkeys.map((one) =>
    factorLine(`Passkey “${one.name}”, added on ${day(one.added_at)}`, `Passkey ${one.name}`, () => call("DELETE", `${FACTORS}/passkeys/${one.id}`)),
  );
  if (held.totp)
    lines.push(factorLine(`Authenticator app, added on ${day(held.totp.added_at)}`, "Authenticator app", () => call("DELETE", `${FACTORS}/totp`)));
  part("factors").replaceChildren(...lines);
  part("none").hidden = lines.length > 0;
  part("needed").hidden = !held.is_required || lines.length > 0;
  part("codes-left").hidden = lines.length === 0;
  part("codes-left").querySelector("span").textContent = held.recovery_codes_left;
  part("app-form").hidden = Boolean(held.totp);
  part("go-on").hidden = wayOn("") === "" || (held.is_required && lines.length === 0);
};

onSubmit(part("passkey-form"), async (_, form) => {
  const name = form.get("name").trim();
  const added = await withProof(async () => {
    const { challenge, options } = await call("POST", `${FACTORS}/passkeys/challenges`);
    return call("POST", `${FACTORS}/passkeys`, { challenge, name, credential: await make(options) });
  });
  part("passkey-form").reset();
  await draw();
  tell(`The passkey “${name}” is added.`);
  showCodes(added.recovery_codes);
});

onSubmit(part("app-form"), async () => {
  const { secret, otpauth_uri } = await withProof(() => call("POST", `${FACTORS}/totp`));
  part("secret").textContent = secret.match(/.{1,4}/g).join(" ");
  part("app-link").href = otpauth_uri;
  part("app-code-form").hidden = false;
  part("app-code").focus();
});

onSubmit(part("app-code-form"), async (_, form) => {
  const code = form.get("code").replaceAll(/\s/g, "");
  const added = await withProof(() => call("POST", `${FACTORS}/totp/confirmation`, { code }));
  part("app-code-form").hidden = true;
  part("app-code-form").reset();
  await draw();
  tell("The authenticator app is added.");
  showCodes(added.recovery_codes);
});

onSubmit(part("new-codes-form"), async () => {
  showCodes((await withProof(() => call("POST", `${FACTORS}/recovery-codes`))).recovery_codes);
  await draw();
});

onSubmit(part("sign-out-form"), async () => {
  await call("DELETE", "/v1/auth/browser-session");
  location.assign("/sign-in");
});

const begin = async () => {
  const me = await call("GET", "/v1/me");
  part("who").textContent = `${me.given_name} ${me.family_name}, ${me.email}`;
  part("go-on").querySelector("a").href = wayOn("/account");
  part("passkey-form").hidden = !HAS_PASSKEYS;
  await draw();
  part("account").hidden = false;
  document.body.dataset.ready = "";
};
begin().catch((error) => (error.status === 401 ? toSignIn() : show(error)));
