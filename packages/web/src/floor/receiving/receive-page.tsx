import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useExpected } from '../ask/questions.ts'
import styles from '../look/floor.module.css'
import { StepPage } from '../steps/step-page.tsx'
import { receiveFlow } from './receive-flow.ts'

const placeKey = 'lotline-receiving-place'

/** Receiving waits for the expected lines, so that the first scan finds them. */
export function ReceivePage() {
  const { t } = useTranslation('floor')
  const expected = useExpected()
  const lines = expected.data?.value.rows
  const flow = useMemo(() => {
    const place = localStorage.getItem(placeKey) ?? undefined
    const made = receiveFlow(t, { lines: lines ?? [], place })
    return {
      ...made,
      keeps: (filled: Parameters<NonNullable<typeof made.keeps>>[0]) => {
        if (filled['place']) localStorage.setItem(placeKey, filled['place'].code)
        return made.keeps?.(filled) ?? {}
      },
    }
  }, [t, lines])
  if (expected.isPending) return <p className={styles['empty']}>{t('loading')}</p>
  return <StepPage flow={flow} />
}
