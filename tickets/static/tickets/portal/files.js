/* Files chosen on a form: listed before they are sent, dropped or picked in several goes, removed one by one.
   Without this script the browser's own control does the same in one go. */

const megabytes = (bytes) => `${(bytes / 1048576).toFixed(1)} MB`;
const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : megabytes(bytes));
const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  svg.firstChild.setAttribute("href", name);
  return svg;
}

function button(words, about, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.append(words);
  const more = document.createElement("span");
  more.className = "sr";
  more.append(` ${about}`);
  made.append(more);
  made.addEventListener("click", act);
  return made;
}

function enhance(field) {
  const input = field.querySelector("input[type=file]");
  const drop = field.querySelector(".drop");
  const list = field.querySelector(".files");
  const mostBytes = Number(field.dataset.mostBytes);
  const mostFiles = Number(field.dataset.mostFiles);
  const mostTogether = Number(field.dataset.mostTogether);
  let chosen = [];
  let refused = [];

  drop.classList.add("is-enhanced");
  drop.querySelector(".drop__words").hidden = false;
  list.setAttribute("aria-live", "polite");

  function keptBefore() {
    return list.querySelectorAll("input[name=remove]:not(:checked)").length;
  }

  function why(file) {
    if (file.size > mostBytes) return `“${file.name}” has ${megabytes(file.size)}; up to ${mostBytes / 1048576} MB fit. It was left out, everything else is kept.`;
    if (file.size === 0) return `“${file.name}” is empty. It was left out, everything else is kept.`;
    if (chosen.length + keptBefore() >= mostFiles) return `“${file.name}” is one too many; ${mostFiles} files fit. It was left out, everything else is kept.`;
    const together = chosen.reduce((sum, one) => sum + one.size, file.size);
    if (together > mostTogether) return `“${file.name}” is more than fits into one sending, ${mostTogether / 1048576} MB. It was left out; send it from your page afterwards.`;
    return "";
  }

  function add(files) {
    refused = [];
    for (const file of files) {
      if (chosen.some((known) => same(known, file))) continue;
      const reason = why(file);
      if (reason) refused.push(reason);
      else chosen.push(file);
    }
    hand();
  }

  /* The input carries what is listed, so that the form sends it as any form would. */
  function hand() {
    const carried = new DataTransfer();
    chosen.forEach((file) => carried.items.add(file));
    input.files = carried.files;
    show();
  }

  function row(words, iconName, action) {
    const item = document.createElement("li");
    item.dataset.chosen = "";
    const text = document.createElement("span");
    text.append(...words);
    item.append(icon(iconName), text, action);
    return item;
  }

  function show() {
    list.querySelectorAll("[data-chosen]").forEach((item) => item.remove());
    for (const file of chosen) {
      const quiet = document.createElement("span");
      quiet.className = "quiet";
      quiet.append(size(file.size));
      const remove = button("Remove", file.name, () => { chosen = chosen.filter((one) => one !== file); hand(); input.focus(); });
      list.append(row([`${file.name} `, quiet], file.type.startsWith("image/") ? "#i-image" : "#i-clip", remove));
    }
    for (const reason of refused) {
      const dismiss = button("Dismiss", "", () => { refused = refused.filter((one) => one !== reason); show(); input.focus(); });
      const item = row([reason], "#i-missed", dismiss);
      item.className = "is-wrong";
      list.append(item);
    }
    list.hidden = list.children.length === 0;
  }

  input.addEventListener("change", () => add([...input.files]));
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, () => drop.classList.add("is-over"));
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("is-over"));
}

document.querySelectorAll("[data-files]").forEach(enhance);
