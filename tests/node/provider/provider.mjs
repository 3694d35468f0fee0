// oidc-provider with one client, the Hub: whoever types an address at its page is that person. Development interactions are its own.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

/** A provider on a free port of this machine. */
export async function startProvider(client) {
  const server = createServer((request, answer) => handler(request, answer));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: client.client_id,
      client_secret: client.client_secret,
      redirect_uris: [client.redirect_uri],
      response_types: ["code"],
      grant_types: ["authorization_code"],
      token_endpoint_auth_method: "client_secret_basic",
      id_token_signed_response_alg: "ES256",
    }],
    pkce: { required: () => true },
    scopes: ["openid", "email"],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    // The account is what was typed: an address, verified.
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, email: id, email_verified: true }) }),
    cookies: { keys: ["of this test"] },
    jwks: { keys: [await signingKey()] },
  });
  const handler = provider.callback();
  return { issuer, end: () => new Promise((ended) => { server.closeAllConnections(); server.close(ended); }) };
}

async function signingKey() {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  return { ...(await crypto.subtle.exportKey("jwk", pair.privateKey)), alg: "ES256", use: "sig", kid: "k1", key_ops: undefined, ext: undefined };
}
