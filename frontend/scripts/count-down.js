// A time at which something ends is shown as sent ("7:20am"); with script, how long that is from now stands behind it.
const MINUTE_MS = 60_000
const SLACK_MS = 1500

export function countDown(root) {
  root.querySelectorAll('time[data-countdown]').forEach((time) => {
    const left = document.createElement('span')
    left.className = 'app-countdown__left'
    time.after(left)
    tick(left, new Date(time.dateTime))
  })
}

function tick(left, end) {
  const minutes = Math.ceil((end - Date.now()) / MINUTE_MS)
  if (minutes <= 0) {
    // The record has closed: the server shows what is still there to see.
    left.textContent = ' (over)'
    return
  }
  const hours = Math.floor(minutes / 60)
  left.textContent = ` (${hours ? `${hours} h ` : ''}${minutes % 60} min left)`
  setTimeout(() => tick(left, end), Math.min(MINUTE_MS, end - Date.now() + SLACK_MS))
}
