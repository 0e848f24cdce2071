// The wire to the server: verbs go up, events come down, and both recover by themselves.

import { language, t } from "./words.js";
import { toast } from "./dialog.js";

let source = null;

/** Let somebody do something; what no app would allow is shown as a sentence, and null returned. */
export async function act(verb, body = {}) {
  try {
    const answer = await fetch(`/control/${verb}?lang=${language}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (answer.ok) return told;
    toast(told.text);
  } catch {
    toast(t("page.unreachable"));
  }
  return null;
}

/** Listen to the server; after a break, try again until it is there. */
export function listen(hear) {
  source?.close();
  source = new EventSource(`/control/events?lang=${language}`);
  for (const name of ["world", "chat", "cases", "clock", "typing"]) {
    source.addEventListener(name, (event) => hear(name, JSON.parse(event.data)));
  }
  source.onopen = () => hear("connected");
  source.onerror = () => {
    hear("disconnected");
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(hear), 1000);
  };
}
