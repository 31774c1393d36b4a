import { floorWord } from '../../language/floor-word.ts'
import { language } from '../../language/i18n.ts'
import type { Found } from '../ask/look-up.ts'
import { showCard } from '../cards/card-state.ts'

/** A code that means nothing to this screen: what it is, if it is known, and what would do. Always gives whether it was known. */
export function showUnknown(found: Found): boolean {
  const t = language.getFixedT(null, 'floor')
  const code = found.label.code
  if (found.thing) {
    showCard({
      kind: 'stop',
      title: t('stop.notHere', { code }),
      text: t('stop.notHereText', {
        code,
        kind: floorWord('kind', found.thing.kind ?? found.thing.type) ?? found.thing.type,
      }),
      fix: t('stop.notHereFix'),
    })
    return true
  }
  const near = found.near.slice(0, 3).join(', ')
  showCard({
    kind: 'stop',
    title: t('stop.unknown', { code }),
    text: found.old ? t('stop.unknownOffline') : t('stop.unknownText'),
    fix: near === '' ? t('stop.unknownFix') : t('stop.unknownNear', { near }),
  })
  return false
}
