// Which answer this window has open, so that a reloaded page can go on with it.

const KEY = "voicecoach.open-answer";

/** Note that an answer is being spoken. */
export function noteOpen({ attempt, question, parent }) {
  store(JSON.stringify({ attempt, question, parent }));
}

/** Note that it has ended. */
export function forgetOpen() {
  store(null);
}

/** Return the attempt that was open for this question when the page closed, "" for none. */
export function openAttempt({ question, parent }) {
  try {
    const noted = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return noted && noted.question === question && noted.parent === parent ? noted.attempt : "";
  } catch {
    return "";
  }
}

function store(value) {
  try {
    if (value === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, value);
  } catch {
    // A window that keeps nothing still lists the answer as unfinished on the first page.
  }
}
