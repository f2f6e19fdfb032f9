// Asking the API from a page of this site, as whoever is signed in by cookie.

export class Problem extends Error {
  constructor(status, { code = "", title = "Something went wrong", detail = "", errors = [] } = {}) {
    super(detail || title);
    Object.assign(this, { status, code, title, detail, errors });
  }
}

const UNREACHABLE = { code: "unreachable", title: "The platform cannot be reached", detail: "Check your connection, then try again." };
const CSRF = "ncce_csrf=";
const csrfToken = () => document.cookie.split("; ").find((one) => one.startsWith(CSRF))?.slice(CSRF.length) ?? "";

// The answer to a request, null where it has no body; a Problem is thrown for every refusal.
export const call = async (method, path, body, headers = {}) => {
  const sent = { Accept: "application/json", ...headers };
  if (body !== undefined) sent["Content-Type"] = "application/json";
  if (method !== "GET") sent["X-CSRF-Token"] = csrfToken();
  const asked = { method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body), cache: "no-store" };
  const reply = await fetch(path, asked).catch(() => { throw new Problem(0, UNREACHABLE); });
  const told = await reply.json().catch(() => null);
  if (!reply.ok) throw new Problem(reply.status, told ?? {});
  return told;
};

// A path of this site that the address names as `next`; nothing that leads elsewhere.
export const wayOn = (otherwise) => {
  const named = new URLSearchParams(location.search).get("next");
  if (!named?.startsWith("/")) return otherwise;
  const address = new URL(named, location.origin);
  return address.origin === location.origin ? address.pathname + address.search + address.hash : otherwise;
};

// Leave for the sign-in page, to come back here afterwards.
export const toSignIn = () => {
  location.assign("/sign-in?next=" + encodeURIComponent(location.pathname + location.search));
};

// Show one step of a page instead of another, and say so.
export const turnTo = (step) => {
  for (const one of document.querySelectorAll("[data-step]")) one.hidden = one.dataset.step !== step;
  document.querySelector(`[data-step="${step}"] h1`).focus();
};

const summary = () => document.getElementById("problem");

// What is wrong with one field, and the way to it where it is on the page.
const complaint = ({ pointer, detail }) => {
  const line = document.createElement("li"), field = document.getElementsByName(pointer.slice(1))[0];
  if (field?.id) {
    line.append(Object.assign(document.createElement("a"), { href: `#${field.id}`, textContent: detail }));
    field.ariaInvalid = "true";
  } else line.append(detail);
  return line;
};

const forget = () => {
  summary().hidden = true;
  for (const field of document.querySelectorAll('[aria-invalid="true"]')) field.ariaInvalid = null;
};

// Show what went wrong where everybody notices it, screen readers too. What is no Problem is a defect: it goes on.
export const show = (error) => {
  if (!(error instanceof Problem)) throw error;
  if (error.code === "called-off") return;
  const place = summary();
  place.querySelector("h2").textContent = error.title;
  place.querySelector("p").textContent = error.errors.length ? "" : error.detail;
  place.querySelector("ul").replaceChildren(...error.errors.map(complaint));
  place.hidden = false;
  place.focus();
};

// Do something for a form: its problems are shown, and it cannot be sent twice meanwhile.
export const onSubmit = (form, act) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    forget();
    try {
      await act(event.submitter, new FormData(form));
    } catch (error) {
      show(error);
    } finally {
      form.ariaBusy = "false";
    }
  });
};
