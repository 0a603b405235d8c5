// Beside each line of easy read stands the picture that is chosen for it. Without script it is shown after saving.
export function showPictures(root) {
  root.querySelectorAll('[data-picture-of]').forEach((place) => {
    const choice = document.getElementById(place.dataset.pictureOf)
    if (!choice) return
    choice.addEventListener('change', () => {
      const drawn = [...root.querySelectorAll('img[data-picture]')].find((one) => one.dataset.picture === choice.value)
      const shown = drawn?.cloneNode()
      if (shown) shown.removeAttribute('loading')
      place.replaceChildren(...(shown ? [shown] : []))
    })
  })
}
