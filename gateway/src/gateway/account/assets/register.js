// Registering as a teacher: the school is chosen from the register, all else is typed.
import { call, onSubmit, Problem, turnTo } from "./session.js";

const part = (id) => document.getElementById(id);
const SHOWN = 20;
const NO_SCHOOL = { title: "Your school is missing", detail: "Find it first, then choose it." };

const schoolsLike = async (text) => {
  if (/^\d{6}$/.test(text)) {
    const one = await call("GET", `/v1/schools/${text}`).catch((error) => {
      if (error.status !== 404) throw error;
    });
    return { data: one ? [one] : [], page: {} };
  }
  return call("GET", `/v1/schools?limit=${SHOWN}&q=${encodeURIComponent(text)}`);
};

const choice = ({ urn, name, town, postcode }, isOnly) => {
  const label = Object.assign(document.createElement("label"), { className: "choice" });
  const input = Object.assign(document.createElement("input"), {
    type: "radio", name: "school_urn", value: urn, required: true, defaultChecked: isOnly,
  });
  label.append(input, ` ${[name, town, postcode].filter(Boolean).join(", ")} (${urn})`);
  return label;
};

const told = (found, isAll) => {
  if (found === 0) return "No school is like that. Try another part of its name, or its number.";
  if (!isAll) return `More than ${SHOWN} schools are like that. If yours is not here, say more of its name.`;
  return found === 1 ? "One school found." : `${found} schools found.`;
};

onSubmit(part("school-form"), async (_, form) => {
  const { data, page } = await schoolsLike(form.get("school").trim());
  const open = data.filter((one) => one.is_open), isAll = !page.next_cursor;
  for (const old of part("schools").querySelectorAll("label")) old.remove();
  part("schools").append(...open.map((one) => choice(one, isAll && open.length === 1)));
  part("schools").hidden = open.length === 0;
  part("found").textContent = told(open.length, isAll);
});

onSubmit(part("register-form"), async (_, form) => {
  if (!form.get("school_urn")) throw new Problem(0, NO_SCHOOL);
  await call("POST", "/v1/auth/register", Object.fromEntries(form));
  part("address").textContent = form.get("email").trim();
  turnTo("done");
});
document.body.dataset.ready = "";
