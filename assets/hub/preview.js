// The true picture of a form, while it is written: the view that is looked at first, then the others.
// Without this script the form's button shows all of them on a page of their own.

const panel = document.querySelector("[data-preview]");
const form = panel?.closest("form");
const WAIT_MS = 350;

if (form) {
  const views = [...panel.querySelectorAll("[data-view]")];
  const lists = { faults: panel.querySelector("[data-faults]"), spoken: panel.querySelector("[data-spoken]") };
  const state = panel.querySelector("[data-state]");
  const page = crypto.randomUUID();
  let turn = 0;
  let timer;
  let asked = new AbortController();

  const fill = (list, lines, language) => {
    list.replaceChildren(...lines.map((line) => {
      const row = document.createElement("li");
      row.textContent = line;
      return row;
    }));
    if (language) list.lang = language;
    list.closest("[data-shown]").hidden = lines.length === 0;
  };

  const show = async (view, isFirst, signal) => {
    const fields = new URLSearchParams(new FormData(form));
    for (const [name, value] of [["view", view.dataset.view], ["turn", turn], ["page", page], ["first", isFirst ? 1 : 0]]) {
      fields.set(name, value);
    }
    const answer = await fetch(panel.dataset.preview, { method: "POST", body: fields, signal });
    if (answer.status === 409 || signal.aborted) return;
    const drawn = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
    if (signal.aborted) return;
    if (drawn.picture) {
      const picture = view.querySelector("img");
      picture.src = drawn.picture;
      await picture.decode().catch(() => {});
      view.classList.remove("is-waiting");
    }
    if (isFirst) {
      state.textContent = drawn.why ?? "";
      fill(lists.faults, [...(drawn.problems ?? []), ...(drawn.faults ?? [])]);
      fill(lists.spoken, drawn.spoken ?? [], drawn.language);
    }
  };

  const draw = async () => {
    asked.abort();
    asked = new AbortController();
    turn += 1;
    const { signal } = asked;
    const looked = views.find((view) => view.open) ?? views[0];
    for (const view of views) view.classList.add("is-waiting");
    state.textContent = panel.dataset.drawing;
    try {
      await show(looked, true, signal);
      for (const view of views.filter((other) => other !== looked)) await show(view, false, signal);
    } catch (error) {
      if (error.name !== "AbortError") state.textContent = panel.dataset.failed;
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(draw, WAIT_MS);
  };

  form.addEventListener("input", later);
  panel.hidden = false;
  panel.querySelector("[data-without-script]").remove();
  draw();
}
