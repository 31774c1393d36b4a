import { useState } from 'react'
import { identifiersIn } from '../../search/identifiers.ts'
import { CauseDrawer } from './cause-drawer.tsx'
import type { Drawing } from './graph/drawing.ts'
import { MembersDrawer } from './members-drawer.tsx'
import { type Pinned, SelectionBar } from './selection-bar.tsx'
import type { Question } from './trace-query.ts'

interface PanelsProps {
  readonly question: Question
  readonly open: readonly string[]
  readonly lanes: Drawing | undefined
  /** Numbers of all traceables that are pinned. */
  readonly units: readonly string[]
  readonly pinned: Pinned | undefined
  readonly isolated: boolean
  readonly onIsolate: () => void
  readonly onUnpin: () => void
  readonly onOpen: (box: string) => void
  readonly onWhy: (about: { id: string; label: string }) => void
  readonly onTrace: (code: string) => void
}

/** What can be asked about what is pinned. */
export function SelectionPanels(panels: PanelsProps) {
  const { question, open, lanes, pinned, isolated, units, onIsolate, onUnpin, onOpen, onWhy, onTrace } =
    panels
  const [listed, setListed] = useState<string>()
  const [asked, setAsked] = useState<readonly string[]>()
  return (
    <>
      {pinned ? (
        <SelectionBar
          pinned={pinned}
          isolated={isolated}
          onIsolate={onIsolate}
          onUnpin={onUnpin}
          onOpen={onOpen}
          onList={setListed}
          units={units.length}
          onCause={() => setAsked(units)}
          onWhy={() => pinned.id !== undefined && onWhy({ id: pinned.id, label: pinned.label })}
          onTrace={() =>
            onTrace(pinned.id === undefined ? (identifiersIn(pinned.label)[0] ?? '') : `#${pinned.id}`)
          }
        />
      ) : null}
      <CauseDrawer question={question} units={asked} onClose={() => setAsked(undefined)} onTrace={onTrace} />
      <MembersDrawer
        question={question}
        open={open}
        box={lanes?.nodes.find(({ key }) => key === listed)}
        onClose={() => setListed(undefined)}
        onTrace={(id) => onTrace(`#${id}`)}
      />
    </>
  )
}
