/** Keeps cookies and follows redirects by hand, as far as the address that `until` names. */
export const providerVisitor = () => {
  const cookies = new Map<string, string>()

  const ask = async (address: string, form?: Record<string, string>): Promise<Response> => {
    const reply = await fetch(address, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { body: new URLSearchParams(form) }),
    })
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return reply
  }

  /** Signs in and consents at the provider, or cancels; answers where it sends the browser back to. */
  return async (start: string, login: string | null): Promise<URL> => {
    const home = new URL(start).origin
    let address = start
    for (let steps = 0; steps < 12; steps += 1) {
      let reply = await ask(address)
      if (reply.status === 200) {
        const page = await reply.text()
        if (login === null) reply = await ask(new URL(`${new URL(address).pathname}/abort`, home).href)
        else {
          const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? ''
          reply = await ask(address, prompt === 'login' ? { prompt, login, password: 'x' } : { prompt })
        }
      }
      const next = new URL(reply.headers.get('location') ?? 'about:blank', address)
      if (next.protocol === 'about:') throw new Error(`the provider answered ${reply.status} for ${address}`)
      if (next.origin !== home) return next
      address = next.href
    }
    throw new Error('the provider leads nowhere')
  }
}
