import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { watchCamera } from '../../scan/camera-scanner.ts'
import { BigButton } from '../look/big-button.tsx'
import styles from '../look/floor.module.css'

/** The picture of the camera; the first code that is read closes it. */
export function CameraDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('floor')
  const dialog = useRef<HTMLDialogElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const [fault, setFault] = useState<string>()
  useEffect(() => {
    dialog.current?.showModal()
    const picture = video.current
    if (!picture) return undefined
    return watchCamera(
      picture,
      () => dialog.current?.close(),
      (error) => setFault(error.message),
    )
  }, [])
  return (
    <dialog ref={dialog} className={styles['dialog']} aria-labelledby="camera-title" onClose={onClose}>
      <h2 id="camera-title">{t('camera.title')}</h2>
      <video ref={video} muted playsInline style={{ width: '100%', borderRadius: 6 }} />
      {fault === undefined ? null : (
        <p role="alert">
          {t('camera.fault')} <span translate="no">{fault}</span>
        </p>
      )}
      <div className={styles['dialogActs']}>
        <BigButton quiet onClick={() => dialog.current?.close()}>
          {t('command.cancel')}
        </BigButton>
      </div>
    </dialog>
  )
}
