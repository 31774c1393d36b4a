import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { BigButton } from '../look/big-button.tsx'
import { FloorSign } from '../look/floor-sign.tsx'
import { undoLast } from '../queue/undo-last.ts'
import { type Card, type Choice, choose, closeCard, useCard } from './card-state.ts'
import styles from './cards.module.css'

type Of<Kind extends Card['kind']> = Extract<Card, { kind: Kind }>

/** The one card that says what became of the last scan. Read out by assistive programs as it changes. */
export function CardArea() {
  const card = useCard()
  return (
    <>
      <div aria-live="polite" className={styles['area']}>
        {card?.kind === 'done' ? <DoneCard key={card.no} card={card} /> : null}
        {card?.kind === 'look' ? <LookCard key={card.no} card={card} /> : null}
      </div>
      {card?.kind === 'stop' ? <StopCard key={card.no} card={card} /> : null}
    </>
  )
}

/** What was done, in full. Its green goes after a moment; the words and the way back stay. */
function DoneCard({ card }: { card: Of<'done'> }) {
  const { t } = useTranslation('floor')
  const { undo } = card
  return (
    <section className={styles['done']} data-kept={card.kept || undefined} data-card="done">
      <FloorSign name={card.kept ? 'kept' : 'check'} />
      <div className={styles['words']}>
        <strong translate="no">{card.title}</strong>
        {card.kept ? <span>{t('card.kept')}</span> : null}
        {card.text === undefined ? null : <span translate="no">{card.text}</span>}
      </div>
      {undo === undefined ? null : (
        <BigButton quiet onClick={() => undoLast()}>
          {t('command.undo')}
        </BigButton>
      )}
    </section>
  )
}

function LookCard({ card }: { card: Of<'look'> }) {
  const { t } = useTranslation('floor')
  const first = useRef<HTMLDivElement>(null)
  useEffect(() => first.current?.querySelector('button')?.focus({ preventScroll: true }), [])
  return (
    <section className={styles['look']} data-card="look" aria-label={t('card.look')}>
      <h2 className={styles['lookTitle']}>
        <FloorSign name="triangle" /> {card.title}
      </h2>
      {card.text === undefined ? null : <p className={styles['lookText']}>{card.text}</p>}
      <div className={styles['choices']} ref={first}>
        {card.choices.map((choice) => (
          <ChoiceTile key={choice.label} choice={choice} />
        ))}
      </div>
      <BigButton quiet onClick={closeCard}>
        {t('command.cancel')}
      </BigButton>
    </section>
  )
}

function ChoiceTile({ choice }: { choice: Choice }) {
  return (
    <button type="button" className={styles['choice']} onClick={() => choose(choice)}>
      <strong>{choice.label}</strong>
      {choice.about === undefined ? null : <span translate="no">{choice.about}</span>}
    </button>
  )
}

/** Refused: fills the screen until a person says that it was read. Nothing was written but the attempt. */
function StopCard({ card }: { card: Of<'stop'> }) {
  const { t } = useTranslation('floor')
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      className={styles['stop']}
      data-card="stop"
      aria-labelledby="stop-title"
      onCancel={(event) => event.preventDefault()}
    >
      <div className={styles['stopBody']} role="alert">
        <FloorSign name="octagon" />
        <h1 id="stop-title">{card.title}</h1>
        {card.text === undefined ? null : (
          <p className={styles['stopText']} translate="no">
            {card.text}
          </p>
        )}
        {card.fix === undefined ? null : (
          <p className={styles['stopFix']} translate="no">
            {card.fix}
          </p>
        )}
        <p className={styles['stopNote']}>
          {t('card.nothingWritten')}{' '}
          {card.code === undefined ? null : <code translate="no">{card.code}</code>}
        </p>
      </div>
      <div className={styles['stopActs']}>
        {(card.choices ?? []).map((choice) => (
          <BigButton key={choice.label} quiet onClick={() => choose(choice)}>
            {choice.label}
          </BigButton>
        ))}
        <BigButton primary onClick={closeCard}>
          {t('card.understood')}
        </BigButton>
      </div>
    </dialog>
  )
}
