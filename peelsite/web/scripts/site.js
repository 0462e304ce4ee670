// A module: starts GOV.UK Frontend's own behaviour (menu, error summary, file upload, password show/hide).
import { initAll } from "./govuk-frontend.min.js";

initAll();

// Parts brought in later by htmx get the same behaviour.
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) {
    initAll({ scope: event.detail.elt });
  }
});

// The account menu closes on Escape and on a press outside it, and gives the focus back.
const account = document.querySelector(".peelsite-account");
if (account) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && account.open) {
      account.open = false;
      account.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!account.contains(event.target)) {
      account.open = false;
    }
  });
}

// The sign-in library says so when a passkey was refused, or nobody answered the browser's question.
document.addEventListener("allauth.error", (event) => {
  const sentence = document.querySelector("[data-passkey-refused]");
  if (sentence) {
    event.preventDefault();
    sentence.hidden = false;
  }
});
