// Keeps what is typed on the server while it is typed. The form names where (data-keep); without script the same is
// kept at every Continue. Says so quietly, and says when it could not.
const WAIT_MS = 1200

export function keepDrafts(root) {
  root.querySelectorAll('form[data-keep]').forEach((form) => {
    const told = form.querySelector('[data-kept]')
    let waiting = 0
    let sent = ''
    const keep = async (leaving = false) => {
      const typed = new URLSearchParams(new FormData(form))
      if (typed.toString() === sent) return
      try {
        const answer = await fetch(form.dataset.keep, { method: 'POST', body: typed, keepalive: leaving })
        if (!answer.ok || !(await answer.json()).kept) throw new Error(answer.status)
        sent = typed.toString()
        if (told) told.textContent = told.dataset.kept
      } catch {
        if (told) told.textContent = told.dataset.notKept
      }
    }
    form.addEventListener('input', () => {
      clearTimeout(waiting)
      waiting = setTimeout(keep, WAIT_MS)
    })
    form.addEventListener('submit', () => clearTimeout(waiting))
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden' && waiting && !form.dataset.sent) keep(true)
    })
    sent = new URLSearchParams(new FormData(form)).toString()
  })
}
