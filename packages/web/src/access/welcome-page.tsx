import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../look/notice.tsx'
import { ProblemLine } from '../look/problem-line.tsx'
import { post } from '../shared/api.ts'
import styles from './access.module.css'

interface LinkFor {
  readonly first: boolean
  readonly name: string | null
}

/** Where a one-time link leads: a password is set, and one is in. The code is behind the hash sign and goes to no log. */
export function WelcomePage() {
  const { t } = useTranslation()
  const code = useLocation({ select: ({ hash }) => hash })
  const link = useQuery({
    queryKey: ['link', code],
    queryFn: async (): Promise<LinkFor> => (await post('/v1/links/look', { code })).json(),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const title = link.data?.first ? t('welcome.titleFirst') : t('welcome.title')
  useDocumentTitle(`${title} · ${t('product')}`)
  if (link.isPending) return <Notice title={title} text={t('welcome.looking')} />
  if (!link.data)
    return (
      <div className={styles['page']}>
        <h1 className={styles['title']}>{title}</h1>
        <ProblemLine fault={link.error} />
      </div>
    )
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{title}</h1>
      <p className={styles['muted']}>
        {link.data.first ? t('welcome.textFirst') : t('welcome.text', { name: link.data.name ?? '' })}
      </p>
      <PasswordForm code={code} link={link.data} />
    </div>
  )
}

function PasswordForm({ code, link }: { code: string; link: LinkFor }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [given, setGiven] = useState({ name: '', printedName: '', password: '' })
  const use = useMutation({
    mutationFn: () =>
      post('/v1/links/use', {
        code,
        password: given.password,
        ...(link.first ? { name: given.name, printedName: given.printedName } : {}),
      }),
    onSuccess: async () => {
      await queries.resetQueries({ queryKey: ['session'] })
      await navigate({ to: '/', replace: true })
    },
  })
  const set = (field: keyof typeof given) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget
    setGiven((before) => ({ ...before, [field]: value }))
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        use.mutate()
      }}
    >
      {link.first ? (
        <>
          <TextInput
            label={t('welcome.printedName')}
            description={t('welcome.printedNameHint')}
            value={given.printedName}
            required
            withAsterisk={false}
            autoComplete="name"
            onChange={set('printedName')}
          />
          <TextInput
            label={t('welcome.name')}
            description={t('welcome.nameHint')}
            value={given.name}
            required
            withAsterisk={false}
            autoComplete="username"
            autoCapitalize="none"
            onChange={set('name')}
          />
        </>
      ) : (
        <input type="hidden" autoComplete="username" value={link.name ?? ''} readOnly />
      )}
      <PasswordInput
        label={t('welcome.password')}
        description={link.first ? t('welcome.passwordHint') : undefined}
        value={given.password}
        required
        withAsterisk={false}
        autoComplete="new-password"
        onChange={set('password')}
      />
      <ProblemLine fault={use.error} />
      <Button type="submit" loading={use.isPending}>
        {link.first ? t('welcome.actionFirst') : t('welcome.action')}
      </Button>
    </form>
  )
}
