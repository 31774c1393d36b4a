import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Sign } from '../../look/icons.tsx'
import { Identifier } from '../../look/identifier.tsx'
import { useOpenTrace } from '../../search/use-open-trace.ts'
import type { Story } from '../../shared/answer-shapes.ts'
import { ask } from '../../shared/api.ts'
import { identifiersIn } from '../../search/identifiers.ts'
import styles from './home-page.module.css'

/** The start: what this is for, and three stories that show it. Without demo data, the one next step. */
export function HomePage() {
  const { t } = useTranslation()
  useDocumentTitle(t('product'))
  const stories = useQuery({
    queryKey: ['stories'],
    queryFn: ({ signal }) => ask<readonly Story[]>('/v1/stories', {}, signal),
    retry: false,
    staleTime: 60_000,
  })
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('home.title')}</h1>
      <p className={styles['lead']}>
        {t('home.lead')} {t('search.hint')}
      </p>
      {stories.isPending ? (
        <p className={styles['muted']}>{t('home.loading')}</p>
      ) : stories.data && stories.data.length > 0 ? (
        <Stories stories={stories.data} />
      ) : (
        <Nothing />
      )}
      <p className={styles['muted']}>
        {t('home.programs')} <a href="/docs">{t('rail.api')}</a>
      </p>
    </div>
  )
}

function Stories({ stories }: { stories: readonly Story[] }) {
  const { t } = useTranslation()
  const openTrace = useOpenTrace()
  return (
    <section aria-labelledby="stories">
      <h2 id="stories" className={styles['heading']}>
        {t('home.stories')}
      </h2>
      <p className={styles['muted']}>{t('home.storiesLead')}</p>
      <ul className={styles['stories']}>
        {stories.map((story) => (
          <li key={story.title}>
            <button
              type="button"
              className={styles['story']}
              onClick={() => openTrace(identifiersIn(story.id))}
            >
              <span className={styles['storyTitle']}>{story.title}</span>
              <span className={styles['storyText']}>{story.text}</span>
              <span className={styles['storyAction']}>
                <Sign name="trace" />
                <span>
                  {t('search.trace')} <Identifier code={story.id} />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Nothing() {
  const { t } = useTranslation()
  return (
    <section className={styles['nothing']}>
      <h2 className={styles['heading']}>{t('home.emptyTitle')}</h2>
      <p className={styles['muted']}>{t('home.emptyText')}</p>
      <a href="/docs">{t('home.emptyAction')}</a>
    </section>
  )
}
