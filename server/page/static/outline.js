/* The outline editor without a round trip: drag points, move them with the arrows, add, take out.
   The order of the list is the order of the form's fields, so nothing else has to be told. */

const form = document.getElementById("outline-form");
const list = form.querySelector(".points-editor");
const said = document.getElementById("said");
const blank = document.getElementById("new-point");
let changed = form.hasAttribute("data-unsaved");

form.classList.add("draggable");
window.Sortable.create(list, {
  handle: ".grip",
  animation: 120,
  ghostClass: "dragged",
  onEnd(event) {
    if (event.oldIndex !== event.newIndex) tellMove(event.item);
  },
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  const action = button?.value.split("-")[0];
  if (!button || action === "save") return;
  const point = button.closest(".point");
  if (action === "suggest" || action === "use") {
    // These ask the coach; points may have been moved since the page came.
    button.value = `${action}-${[...list.children].indexOf(point)}`;
    return;
  }
  event.preventDefault();
  if (action === "add") add();
  else if (action === "remove") takeOut(point);
  else move(point, action, button);
});

form.addEventListener("input", () => { changed = true; });
form.addEventListener("submit", () => { changed = false; });
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

function add() {
  list.append(blank.content.cloneNode(true));
  renumber();
  list.lastElementChild.querySelector("textarea").focus();
  changed = true;
}

function takeOut(point) {
  const neighbour = point.nextElementSibling ?? point.previousElementSibling;
  const text = textOf(point);
  point.remove();
  renumber();
  changed = true;
  said.textContent = `Taken out: ${text}`;
  (neighbour?.querySelector("textarea") ?? form.querySelector("button[value=add]")).focus();
}

function move(point, action, button) {
  if (action === "up") point.previousElementSibling?.before(point);
  else point.nextElementSibling?.after(point);
  button.focus();
  tellMove(point);
}

function tellMove(point) {
  renumber();
  changed = true;
  const place = [...list.children].indexOf(point) + 1;
  said.textContent = `${textOf(point)} is now number ${place} of ${list.children.length}`;
}

function textOf(point) {
  return point.querySelector("textarea").value || "An empty point";
}

function renumber() {
  [...list.children].forEach((point, index) => {
    for (const named of point.querySelectorAll("[aria-label]")) {
      named.ariaLabel = named.ariaLabel.replace(/\d+/, index + 1);
    }
  });
}
