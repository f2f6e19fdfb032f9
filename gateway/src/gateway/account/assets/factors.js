// Second factors in a browser: codes that are typed, and passkeys.
import { Problem } from "./session.js";

export const HAS_PASSKEYS = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

const NO_PASSKEY = {
  code: "no-passkey",
  title: "The passkey was not used",
  detail: "Nothing was signed: it was called off, took too long, or this device has no passkey of yours.",
};
const THERE_ALREADY = { code: "passkey-there", title: "This device has a passkey of yours already", detail: "Use it, or add one on another device." };

const asking = async (ask) => {
  try {
    return (await ask()).toJSON();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new Problem(0, error.name === "InvalidStateError" ? THERE_ALREADY : NO_PASSKEY);
  }
};

// What a passkey answers to options of the API.
export const sign = (options) =>
  asking(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));

// A new passkey, as options of the API want it.
export const make = (options) =>
  asking(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));

// The proof that somebody typed: six digits are of an app, all else is one of the codes on paper.
export const typed = (text) => {
  const code = text.replaceAll(/\s/g, "");
  return { method: /^\d{6}$/.test(code) ? "totp" : "recovery_code", code };
};
