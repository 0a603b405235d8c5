// Fitting the navigation takes each of its links out of the page and puts it back, when the script has come and
// whenever the width changes. Whoever is on one of them with the keyboard stays there, or comes to "More" above it.
import { Header } from 'nhsuk-frontend'

export class SteadyHeader extends Header {
  updateNavigation() {
    const at = document.activeElement
    super.updateNavigation()
    if (!this.$navigation || !this.$navigation.contains(at) || document.activeElement === at) return
    const folded = !this.menuIsOpen && this.$menuList.contains(at)
    ;(folded ? this.$menuToggle : at).focus({ preventScroll: true })
  }
}
