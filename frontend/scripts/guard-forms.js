// A second click while the first is on its way is ignored. The server refuses a repeat as well (see OnceToken);
// this only saves the person from seeing that refusal.
const HOLD_MS = 8000

export function guardForms(root) {
  root.addEventListener('submit', (event) => {
    const form = event.target
    if (form.method !== 'post') return
    if (form.dataset.sent) {
      event.preventDefault()
      return
    }
    form.dataset.sent = 'yes'
    // A form that answers with a file leaves the page standing: let it be sent again after a while.
    setTimeout(() => release(form), HOLD_MS)
  })

  // Coming back with the browser's own button shows the page as it was left, so let its forms go.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) root.querySelectorAll('form[data-sent]').forEach(release)
  })
}

function release(form) {
  delete form.dataset.sent
}
