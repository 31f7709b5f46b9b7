/* Small comforts of the customers' pages; every page works without them. */

const POLL = 20000; // milliseconds between two looks for something new
const KEPT = "kintsugi.answer";
const LANGUAGE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

/* A second click on "Send" is the same sending. Coming back to the page allows another. */
function sendOnce(form) {
  let pressed = null;
  form.addEventListener("submit", (event) => {
    if (pressed) event.preventDefault();
    else (pressed = event.submitter ?? form).setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    pressed?.removeAttribute("aria-disabled");
    pressed = null;
  });
}

/* Times in the reader's own zone: "today, 09:52". */
function localise(time) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const year = at.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  const date = { day: "numeric", month: "long", ...year };
  if (time.dataset.local === "day") {
    time.textContent = at.toLocaleDateString(LANGUAGE, { weekday: "long", ...date });
    return;
  }
  const day = at.toLocaleDateString(LANGUAGE, date);
  const isToday = at.toDateString() === new Date().toDateString();
  time.textContent = `${isToday ? new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" }).format(0, "day") : day}, ${at.toLocaleTimeString(LANGUAGE, { hour: "2-digit", minute: "2-digit" })}`;
}

/* Says quietly that something new was said; shows it only when asked, so that nobody's words are swept away. */
function watch(main) {
  const news = document.querySelector(".news");
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(main.dataset.state, { cache: "no-store", referrerPolicy: "no-referrer" });
      if (!answer.ok) return;
      const { version } = await answer.json();
      if (version > Number(main.dataset.version)) news.hidden = false;
    } catch {
      /* away for a moment: the next look tells */
    }
  };
  window.setInterval(look, POLL);
  document.addEventListener("visibilitychange", look);
}

/* What was typed survives showing what is new. */
function keepAnswer(form) {
  const words = form.querySelector("textarea");
  const kept = sessionStorage.getItem(KEPT);
  if (kept && !words.value) words.value = kept;
  sessionStorage.removeItem(KEPT);
  document.querySelector(".news a").addEventListener("click", () => {
    if (words.value) sessionStorage.setItem(KEPT, words.value);
  });
}

document.querySelectorAll("form[data-once]").forEach(sendOnce);
document.querySelectorAll("time[data-local]").forEach(localise);
document.querySelectorAll("main[data-state]").forEach(watch);
document.querySelectorAll("form[data-answer]").forEach(keepAnswer);
document.querySelector(".trouble")?.focus();
