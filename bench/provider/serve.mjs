// oidc-provider with as many grants as it is told, for the comparison in bench/tokens.py. Prints {url, tokens} as one line.
//
//   node serve.mjs STORE GRANTS        STORE: a path of an SQLite file, or `memory`
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";
import { durable, memory } from "./store.mjs";

const [store, count] = [process.argv[2], Number(process.argv[3])];
const [clientId, clientSecret] = ["bench", "a secret of more than thirty-two characters"];
const Adapter = store === "memory" ? memory() : durable(store);
const jwk = { ...generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }), kid: "bench", use: "sig", alg: "ES256" };

const configuration = {
  adapter: Adapter,
  clients: [{
    client_id: clientId, client_secret: clientSecret, redirect_uris: ["http://127.0.0.1/cb"], response_types: ["code"],
    grant_types: ["authorization_code", "refresh_token"], token_endpoint_auth_method: "client_secret_post", id_token_signed_response_alg: "ES256",
  }],
  jwks: { keys: [jwk] },
  cookies: { keys: ["bench"] },
  scopes: ["offline_access", "people"],
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  rotateRefreshToken: false,
  ttl: { AccessToken: 1209600, RefreshToken: 7776000, Grant: 7776000 },
  features: { devInteractions: { enabled: false }, introspection: { enabled: true }, revocation: { enabled: true } },
};
const provider = new Provider("http://127.0.0.1", configuration);
provider.proxy = false;

const client = await provider.Client.find(clientId);
const tokens = { access: [], refresh: [] };
Adapter.begin();
for (let number = 0; number < count; number += 1) {
  const accountId = `person-${number % 300}`;
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope("offline_access people");
  const grantId = await grant.save();
  const common = { accountId, clientId, client, grantId, scope: "offline_access people", gty: "authorization_code", sessionUid: `s${number}`, expiresWithSession: false };
  tokens.refresh.push(await new provider.RefreshToken({ ...common, authTime: 1, rotations: 0, iiat: Math.floor(Date.now() / 1000) }).save());
  tokens.access.push(await new provider.AccessToken({ ...common }).save());
}
Adapter.commit();

const server = provider.listen(0, "127.0.0.1", () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  console.log(JSON.stringify({ url, client_id: clientId, client_secret: clientSecret, tokens }));
});
process.on("SIGTERM", () => process.exit(0));
