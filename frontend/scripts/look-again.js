// A page that waits for something being worked out looks again by itself, and is drawn anew when it is there, or more of
// it is (what `data-look-again` says).
// Without script its link does the same.
const EVERY_MS = 4000
const TRIES = 75

export function lookAgain(root) {
  const waits = root.querySelector('[data-look-again]')
  if (!waits) return
  const same = `data-look-again="${waits.dataset.lookAgain}"`
  let left = TRIES
  const look = async () => {
    left -= 1
    try {
      const answer = await fetch(window.location.href, { headers: { Accept: 'text/html' } })
      if (answer.ok && !(await answer.text()).includes(same)) return window.location.reload()
    } catch {
      // No line just now: it is tried once more.
    }
    if (left > 0) setTimeout(look, EVERY_MS)
  }
  setTimeout(look, EVERY_MS)
}
