import { mkdirSync } from 'node:fs'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { world } from '../../test/world.ts'

const built = async (links: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'ostor-console-web-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'assets'))
  mkdirSync(join(folder, '.vite'))
  await writeFile(
    join(folder, 'index.html'),
    `<meta name="csp-nonce" content="%CSP_NONCE%">${links}<style nonce="%CSP_NONCE%"></style>`,
  )
  await writeFile(join(folder, 'assets/app-1a2b.js'), 'export const a = 1')
  await writeFile(join(folder, 'assets/app-1a2b.js.br'), brotliCompressSync('export const a = 1'))
  await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(folder, '.vite/manifest.json'), '{}')
  await cp(join(folder, 'favicon.svg'), join(folder, 'assets/secret.map'))
  return folder
}

describe('what an answer tells the browser', () => {
  test.each([
    ['an answer', '/api/v1/session', 200],
    ['a refusal', '/api/v1/clusters', 401],
    ['an address that does not exist', '/api/v1/nowhere', 404],
    ['an address that cannot be read', '/api/%zz', 400],
  ])('of %s is that it is not kept, framed, sniffed or run', async (_, url, status) => {
    const { app } = await world({ signedIn: false })
    const { statusCode, headers } = await app.inject({ url })
    expect(statusCode).toBe(status)
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      vary: 'Sec-Fetch-Site, Origin',
    })
    expect(headers['permissions-policy']).toContain('camera=()')
    expect(headers).not.toHaveProperty('strict-transport-security')
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe('with https', () => {
  test.each([
    ['/api/v1/session', 200],
    ['/api/v1/clusters', 401],
    ['/api/v1/nowhere', 404],
    ['/api/%zz', 400],
  ])('%s says for two years that it is https, with all names below', async (url, status) => {
    const publicUrl = new URL('https://console.example')
    const { app } = await world({ signedIn: false, config: { publicUrl, trustProxy: ['127.0.0.1'] } })
    const { statusCode, headers } = await app.inject({ url, headers: { host: publicUrl.host } })
    expect(statusCode).toBe(status)
    expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
  })
})

describe('another origin', () => {
  const HOSTILE = [
    'null',
    'https://evil.example',
    'http://localhost',
    'http://127.0.0.1:8081',
    'https://127.0.0.1',
    'http://127.0.0.1.evil.example',
    'http://evil127.0.0.1',
    'HTTP://127.0.0.1',
    'http://[::1]',
    'file://',
  ]

  test('is let in nowhere, whatever it is called', async () => {
    const { app } = await world({ signedIn: false })
    for (const origin of HOSTILE) {
      for (const method of ['GET', 'OPTIONS', 'POST'] as const) {
        const asks = {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x-csrf-token',
        }
        const { headers } = await app.inject({ method, url: '/api/v1/session', headers: asks })
        expect
          .soft(
            Object.keys(headers).filter((name) => name.startsWith('access-control')),
            origin,
          )
          .toEqual([])
      }
    }
  })
})

const page = async (links = '') => {
  const { app } = await world({ signedIn: false, parts: { webFolder: await built(links) } })
  return { app, get: (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers }) }
}

describe('the web app', () => {
  test('is one page at every address, with a nonce that is new each time', async () => {
    const { get } = await page()
    const nonces = new Set<string>()
    for (const url of ['/', '/users', '/clusters/demo/users/0123?page=2', '/apiary']) {
      const { headers, body, statusCode } = await get(url)
      expect(statusCode).toBe(200)
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
      expect(headers['cache-control']).toBe('no-store')
      const [, nonce = ''] = /content="([A-Za-z0-9+/]{24})"/.exec(body) ?? []
      expect(body).toBe(`<meta name="csp-nonce" content="${nonce}"><style nonce="${nonce}"></style>`)
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(policy).toMatch(/default-src 'none'.*script-src 'self';.*base-uri 'none'.*frame-ancestors 'none'/)
      expect(policy).toMatch(/object-src 'none'; require-trusted-types-for 'script'; trusted-types default$/)
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(4)
  })

  test('names the console behind the sign-in to whoever holds a session, and to nobody else', async () => {
    const { get } = await page('<link rel="modulepreload" href="/a.js" data-behind="sign-in" crossorigin>')
    expect((await get('/users', { cookie: 'theme=dark; sid=one.signature' })).body).toContain('href="/a.js"')
    for (const cookie of ['', 'theme=dark', 'other-sid=one']) {
      const { body } = await get('/users', { cookie })
      expect.soft(body, cookie).not.toContain('<link')
    }
  })

  test.each(['/c/default/buckets/my.bucket.example', '/c/default/buckets/photo.png'])(
    'is the page of a bucket at %s, which is no file though its name has a dot',
    async (url) => {
      const { get } = await page()
      expect((await get(url)).headers['content-type']).toBe('text/html; charset=utf-8')
    },
  )

  test('is kept by the browser file by file, compressed beforehand', async () => {
    const { get } = await page()
    const script = await get('/assets/app-1a2b.js', { 'accept-encoding': 'br' })
    expect(script.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
    })
    expect(script.headers['content-type']).toContain('javascript')
    expect((await get('/assets/app-1a2b.js')).body).toBe('export const a = 1')
    expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache')
  })

  test.each([
    '/index.html',
    '/assets/app-1a2b.js.br',
    '/assets/secret.map',
    '/.vite/manifest.json',
    '/assets/none.js',
    '/assets/..%2f..%2fpackage.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/%00.js',
    '/api/v1/nowhere',
    '/API/v1/nowhere',
    '//api/v1/clusters',
  ])('does not hand out %s', async (url) => {
    const { get } = await page()
    const { statusCode, headers } = await get(url)
    expect([400, 404]).toContain(statusCode)
    expect(headers['content-type']).toContain('application/problem+json')
  })
})

describe('the description of the API', () => {
  test('names every route of the contract, and is for those who are signed in', async () => {
    const { admin, app } = await world()
    const document = (await admin('GET', '/api/openapi.json')).json()
    expect(document.openapi).toBe('3.1.0')
    expect(document.paths['/api/v1/clusters/{cluster}/users/{userId}/keys'].post.summary).toContain('Generate a key')
    expect(document.components.schemas).toHaveProperty('UserDetail')
    const { responses } = document.paths['/api/v1/session'].delete
    expect(responses['204']).toEqual({ description: 'Done' })
    expect(responses.default.content).toHaveProperty(['application/problem+json'])
    expect(JSON.stringify(document)).not.toContain('/metrics')
    expect((await app.inject({ url: '/api/openapi.json' })).statusCode).toBe(401)
  })
})

const metrics = async (from: string[], request: { remoteAddress?: string; headers?: Record<string, string> }) => {
  const { app } = await world({ signedIn: false, config: { metricsFrom: from } })
  await app.inject({ url: '/api/v1/session' })
  return app.inject({ url: '/metrics', ...request })
}

describe('metrics', () => {
  test('are for this machine', async () => {
    const reply = await metrics([], {})
    expect(reply.statusCode).toBe(200)
    expect(reply.body).toContain(
      'console_http_request_duration_seconds_count{method="GET",route="/api/v1/session",status="200"}',
    )
  })

  test('do not exist for strangers, nor for what a proxy on this machine passes on', async () => {
    expect((await metrics([], { remoteAddress: '10.0.0.9' })).statusCode).toBe(404)
    expect((await metrics([], { headers: { 'x-forwarded-for': '127.0.0.1' } })).statusCode).toBe(404)
    expect((await metrics(['10.0.0.0/24'], { remoteAddress: '10.0.1.9' })).statusCode).toBe(404)
  })

  test('are for the networks that the settings name', async () => {
    expect((await metrics(['10.0.0.0/24', '2001:db8::/32'], { remoteAddress: '10.0.0.9' })).statusCode).toBe(200)
    expect((await metrics(['10.0.0.0/24', '2001:db8::/32'], { remoteAddress: '2001:db8::1' })).statusCode).toBe(200)
  })
})

describe('probes', () => {
  test('ask by address, and learn whether the store answers', async () => {
    const { app, store } = await world({ signedIn: false })
    const headers = { host: '10.0.0.7:8080' }
    expect((await app.inject({ url: '/livez', headers })).statusCode).toBe(200)
    expect((await app.inject({ url: '/readyz', headers })).statusCode).toBe(200)
    store.ping = () => Promise.reject(new Error('canary'))
    const reply = await app.inject({ url: '/readyz', headers })
    expect([reply.statusCode, reply.body]).toEqual([503, 'store unavailable'])
    expect((await app.inject({ url: '/livez', headers })).statusCode).toBe(200)
  })
})
