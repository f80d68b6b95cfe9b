// Check boxes that are remembered on this machine: <input data-remember="captions">.

const KEY = "voicecoach.";

/** Give each of them its remembered state; `changed` is told of every change. */
export function rememberChoices(root, changed = () => {}) {
  for (const box of root.querySelectorAll("input[data-remember]")) {
    const stored = read(box.dataset.remember);
    if (stored !== null) box.checked = stored === "yes";
    box.addEventListener("change", () => {
      write(box.dataset.remember, box.checked ? "yes" : "no");
      changed(box.dataset.remember, box.checked);
    });
  }
}

/** Whether a remembered choice is on at the moment. */
export function chosen(root, name) {
  return root.querySelector(`input[data-remember="${name}"]`).checked;
}

// A browser may refuse to keep anything (private windows): the choice then holds for this page.
function read(name) {
  try {
    return localStorage.getItem(KEY + name);
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    localStorage.setItem(KEY + name, value);
  } catch {
    // It holds for this page.
  }
}
