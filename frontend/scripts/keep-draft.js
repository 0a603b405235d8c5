// Keeps what is typed on the server while it is typed. The form names where (data-keep); without script the same is
// kept at every Continue. Says so quietly, and says when it could not. Where the answer says how hard a text is to read,
// that is shown beside it (data-meter).
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
        if (!answer.ok) throw new Error(answer.status)
        const { kept, meters = {} } = await answer.json()
        showMeters(form, meters)
        if (!kept) throw new Error('newer words')
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

// Each is said once, when it changed: what stays as it is interrupts nobody who listens to the page.
function showMeters(form, meters) {
  for (const [about, [first, others]] of Object.entries(meters)) {
    const place = form.querySelector(`[data-meter="${about}"]`)
    if (!place || place.textContent === [first, others].join(' ').trim()) continue
    const bold = document.createElement('strong')
    bold.textContent = first
    place.replaceChildren(...(first ? [bold, ` ${others}`] : []))
  }
}
