import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BigButton } from '../look/big-button.tsx'

const CameraDialog = lazy(async () => ({ default: (await import('./camera-dialog.tsx')).CameraDialog }))

/** The camera of the tablet, for who has no scanner. Its decoder is fetched when it is first used. */
export function CameraButton() {
  const { t } = useTranslation('floor')
  const [open, setOpen] = useState(false)
  if (navigator.mediaDevices === undefined) return null
  return (
    <>
      <BigButton quiet onClick={() => setOpen(true)}>
        {t('camera.open')}
      </BigButton>
      {open ? (
        <Suspense>
          <CameraDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
