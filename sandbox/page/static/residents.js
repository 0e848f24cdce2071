// Residents who join: under a name that nobody has yet, and there once their phone is.

import { store } from "./store.js";
import { act } from "./wire.js";

const NAMES = ["赵大爷", "吴阿姨", "小林", "钱师傅", "孙奶奶", "郑老师"];
const PATIENCE = 40;

/** Return a name that nobody has yet, or none once all are taken. */
export function freeName() {
  const taken = new Set([...store.chats.values()].map((chat) => chat.title));
  return NAMES.find((name) => !taken.has(name)) ?? "";
}

/** Add a resident, and return their chat once it is there. */
export async function addResident(name) {
  const added = await act("add_person", { name });
  for (let tries = PATIENCE; added && tries && !store.chats.has(added.id); tries -= 1) await new Promise((resolve) => setTimeout(resolve, 50));
  return store.chats.get(added?.id);
}

/** Return a resident who has raised nothing yet, so that no earlier case takes their words for itself. */
export async function freshResident() {
  const residents = [...store.chats.values()].filter((chat) => chat.kind === "resident");
  const fresh = residents.find((chat) => !store.cases.some((held) => held.resident_id === chat.id));
  return fresh ?? addResident(freeName() || NAMES[0]);
}
