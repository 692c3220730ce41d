// Makes the pages quicker where scripts run; each works without.
"use strict";

const body = document.body;
const byId = (id) => document.getElementById(id);
const status = byId("status");

// Says something to a screen reader, and nothing to anybody else.
function tell(text) {
  status.textContent = "";
  setTimeout(() => (status.textContent = text), 50);
}

// An id as the server takes it. crypto.randomUUID is missing where the page came without https.
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function post(address, fields, accept) {
  return fetch(address, { method: "POST", body: new URLSearchParams(fields), headers: { Accept: accept } });
}

// The chat

const TRIES = 5;
const LOG = "plansvar-log";
const THREAD = "plansvar-thread";

function chat(form) {
  const log = byId("log");
  const question = byId("question");

  // The conversation stays in this tab, so that one can open a plan and come back.
  const keep = () => sessionStorage.setItem(LOG, log.innerHTML);

  function begin() {
    if (location.search === "?new") {
      sessionStorage.clear();
      history.replaceState(null, "", "/");
    }
    const thread = sessionStorage.getItem(THREAD) || form.elements.thread.value;
    sessionStorage.setItem(THREAD, thread);
    if (log.querySelector(".exchange")) {
      keep();
    } else if (sessionStorage.getItem(LOG)) {
      log.innerHTML = sessionStorage.getItem(LOG);
      for (const waiting of log.querySelectorAll("[data-event]")) answer(waiting);
      if (!location.hash) log.lastElementChild?.scrollIntoView();
    }
    begun();
    if (matchMedia("(pointer: fine)").matches) question.focus({ preventScroll: true });
  }

  function begun() {
    body.classList.toggle("begun", log.childElementCount > 0);
  }

  function ask(text) {
    const exchange = byId("exchange").content.cloneNode(true).firstElementChild;
    exchange.querySelector(".asked").textContent = text;
    exchange.dataset.event = newId();
    exchange.dataset.text = text;
    log.append(exchange);
    begun();
    keep();
    exchange.scrollIntoView({ block: "start" });
    tell(form.dataset.looking);
    return answer(exchange);
  }

  // Asks until there is an answer. It is the same question each time, so that it is answered once.
  async function answer(exchange) {
    const { event, text } = exchange.dataset;
    const state = exchange.querySelector(".state");
    let why = form.dataset.failed;
    for (let tried = 0; tried < TRIES; tried++) {
      try {
        const fields = { text, event, thread: sessionStorage.getItem(THREAD) };
        const response = await post("/ask", fields, "text/event-stream");
        if (response.status === 401) return location.reload();
        if (response.status < 500) {
          for await (const [name, data] of events(response)) {
            if (name === "status" && state) state.textContent = data.text;
            if (name === "reply") return show(exchange, data);
            if (name === "failure") why = data.text;
          }
          break;
        }
      } catch {
        if (state) state.textContent = form.dataset.offline;
      }
      await new Promise((done) => setTimeout(done, 500 * 2 ** tried));
    }
    fail(exchange, why);
    return null;
  }

  function show(exchange, { html, spoken }) {
    exchange.querySelector(".waiting").outerHTML = html;
    delete exchange.dataset.event;
    delete exchange.dataset.text;
    keep();
    tell(`${form.dataset.answered} ${spoken}`);
    return exchange;
  }

  function fail(exchange, why) {
    const failure = byId("failure").content.cloneNode(true).firstElementChild;
    failure.querySelector(".why").textContent = why;
    const waiting = exchange.querySelector(".waiting");
    waiting.hidden = true;
    failure.querySelector(".again").addEventListener("click", () => {
      failure.remove();
      waiting.hidden = false;
      answer(exchange);
      question.focus();
    });
    exchange.append(failure);
    tell(why);
  }

  document.addEventListener("submit", async (submitted) => {
    const sent = submitted.target;
    if (sent.getAttribute("action") !== "/ask") return;
    submitted.preventDefault();
    const text = (sent === form ? question.value : submitted.submitter.value).trim();
    if (!text || (sent.dataset.confirm && !confirm(sent.dataset.confirm))) return;
    if (sent === form) {
      question.value = "";
    } else {
      question.focus({ preventScroll: true });
    }
    const exchange = await ask(text);
    if (sent.classList.contains("forget") && exchange) {
      log.replaceChildren(exchange);
      keep();
    }
  });
  question.addEventListener("keydown", (key) => {
    if (key.key !== "Enter" || key.shiftKey || key.isComposing) return;
    key.preventDefault();
    form.requestSubmit();
  });
  begin();
}

// The server-sent events of a response, each as its name and data.
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value;
    const whole = buffer.split("\n\n");
    buffer = whole.pop();
    for (const event of whole) {
      const field = (name) => event.match(new RegExp(`^${name}: (.*)$`, "m"))?.[1];
      if (field("data")) yield [field("event"), JSON.parse(field("data"))];
    }
  }
}

// A figure copied with its source

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea"); // a page without https has no clipboard
  area.value = text;
  body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("not copied");
}

document.addEventListener("click", async (clicked) => {
  const button = clicked.target.closest("button.copy");
  if (!button) return;
  try {
    await copy(button.dataset.copy);
    tell(body.dataset.copied);
    button.dataset.said = body.dataset.copied;
    setTimeout(() => delete button.dataset.said, 1500);
  } catch {
    tell(body.dataset.notCopied);
  }
  button.focus();
});

// What somebody thinks of an answer

async function judge(form, verdict, words) {
  const fields = { answer: form.elements.answer.value, verdict };
  if (words !== undefined) fields.words = words;
  const said = await post("/feedback", fields, "application/json").catch(() => null);
  tell(said?.ok ? form.dataset.thanks : form.dataset.failed);
  return Boolean(said?.ok);
}

document.addEventListener("submit", async (submitted) => {
  const form = submitted.target;
  if (!form.matches(".feedback[data-thanks]")) return;
  submitted.preventDefault();
  const pressed = submitted.submitter;
  if (!(await judge(form, pressed.value))) return;
  for (const each of form.querySelectorAll("[name=verdict]")) each.setAttribute("aria-pressed", String(each === pressed));
  form.querySelector(".more").hidden = false;
});

document.addEventListener("click", async (clicked) => {
  if (!clicked.target.matches(".feedback .tell")) return;
  const form = clicked.target.form;
  const words = form.querySelector("textarea").value;
  const verdict = form.querySelector("[aria-pressed=true]");
  if (!words.trim() || !(await judge(form, verdict.value, words))) return;
  const thanks = document.createElement("p");
  thanks.textContent = form.dataset.thanks;
  thanks.tabIndex = -1;
  form.querySelector(".more").replaceWith(thanks);
  thanks.focus();
});

// A document opened where it is cited

function opened(cited) {
  cited.scrollIntoView({ block: "center" });
  cited.focus({ preventScroll: true });
}

document.addEventListener("click", (clicked) => {
  if (!clicked.target.closest("a.back") || new URL(document.referrer || "about:blank").pathname !== "/") return;
  clicked.preventDefault(); // the conversation is where it was left
  history.back();
});

if (byId("ask")) chat(byId("ask"));
if (byId("cited")) opened(byId("cited"));
const outline = document.querySelector(".outline details");
if (outline && matchMedia("(max-width: 60rem)").matches) outline.open = false;
