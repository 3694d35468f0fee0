// oauth4webapi, which leaves out no check, by RFC 8414 metadata alone.
import * as oauth from "oauth4webapi";

const SCOPE = "openid spark:people_read";
// The Hub of a test listens on the loopback interface without TLS; nothing else is relaxed.
const insecure = { [oauth.allowInsecureRequests]: true };

export async function connect(issuer, { client_id, client_secret }) {
  const discovered = await oauth.discoveryRequest(new URL(issuer), { ...insecure, algorithm: "oauth2" });
  const server = await oauth.processDiscoveryResponse(new URL(issuer), discovered);
  const client = { client_id };
  const proof = oauth.ClientSecretPost(client_secret);
  return {
    metadata: () => server,
    async signIn(redirectUri, consent) {
      const verifier = oauth.generateRandomCodeVerifier();
      const [state, expectedNonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
      const url = new URL(server.authorization_endpoint);
      const asked = {
        client_id,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: SCOPE,
        state,
        nonce: expectedNonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      const answer = oauth.validateAuthResponse(server, client, await consent(url.href), state);
      const response = await oauth.authorizationCodeGrantRequest(server, client, proof, answer, redirectUri, verifier, insecure);
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, { expectedNonce, requireIdToken: true });
      await oauth.validateApplicationLevelSignature(server, response, insecure);
      return { ...tokens, claims: () => oauth.getValidatedIdTokenClaims(tokens) };
    },
    async userInfo(tokens) {
      const response = await oauth.userInfoRequest(server, client, tokens.access_token, insecure);
      return oauth.processUserInfoResponse(server, client, tokens.claims().sub, response);
    },
    async refresh(token) {
      const response = await oauth.refreshTokenGrantRequest(server, client, proof, token, insecure);
      return oauth.processRefreshTokenResponse(server, client, response);
    },
    async introspect(token) {
      const response = await oauth.introspectionRequest(server, client, proof, token, insecure);
      return oauth.processIntrospectionResponse(server, client, response);
    },
    async revoke(token) {
      return oauth.processRevocationResponse(await oauth.revocationRequest(server, client, proof, token, insecure));
    },
  };
}
