// A page that waits for something being worked out looks again by itself, and is drawn anew when it is there.
// Without script its link does the same.
const EVERY_MS = 4000
const TRIES = 75

export function lookAgain(root) {
  if (!root.querySelector('[data-look-again]')) return
  let left = TRIES
  const look = async () => {
    left -= 1
    try {
      const answer = await fetch(window.location.href, { headers: { Accept: 'text/html' } })
      if (answer.ok && !(await answer.text()).includes('data-look-again')) return window.location.reload()
    } catch {
      // No line just now: it is tried once more.
    }
    if (left > 0) setTimeout(look, EVERY_MS)
  }
  setTimeout(look, EVERY_MS)
}
