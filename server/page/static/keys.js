// Single keys for what is done most, where nobody is typing and the person wants them.

/** Work single keys; `wanted` says whether they are wanted at the moment. */
export function workKeys({ wanted, ...keys }) {
  document.addEventListener("keydown", (event) => {
    const does = keys[event.key.toLowerCase()];
    if (!does || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || !wanted()) return;
    event.preventDefault();
    does();
  });
}
