// What a link in a mail leads to: one form, which sends what is filled in and the token of the link.
import { call, onSubmit, Problem, toSignIn, turnTo } from "./session.js";

const form = document.querySelector("form[data-to]");
const KEPT = "ncce-mailed " + location.pathname;
const BROKEN = { title: "The link is not whole", detail: "Open it from the mail once more, or copy all of it." };

// What comes behind the # is sent to nobody. It stays for this tab only, for whoever has to sign in first or loads anew.
const token = new URLSearchParams(location.hash.slice(1)).get("token");
if (token) {
  sessionStorage.setItem(KEPT, token);
  history.replaceState(null, "", location.pathname);
}

onSubmit(form, async (_, filledIn) => {
  const body = Object.fromEntries([...filledIn].filter(([, value]) => value !== ""));
  if (!("needsNoLink" in form.dataset)) {
    body.token = sessionStorage.getItem(KEPT);
    if (!body.token) throw new Problem(0, BROKEN);
  }
  try {
    await call("POST", form.dataset.to, body);
  } catch (error) {
    if (error.code === "unauthenticated") return toSignIn();
    throw error;
  }
  sessionStorage.removeItem(KEPT);
  turnTo("done");
});
document.body.dataset.ready = "";
