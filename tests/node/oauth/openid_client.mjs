// openid-client with every check that it has, by discovery alone.
import * as client from "openid-client";

const SCOPE = "openid email profile spark:people_read";

export async function connect(issuer, { client_id, client_secret }, algorithm) {
  const config = await client.discovery(new URL(issuer), client_id, undefined, client.ClientSecretBasic(client_secret), {
    algorithm,
    // The Hub of a test listens on the loopback interface without TLS; nothing else is relaxed.
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  });
  return {
    metadata: () => config.serverMetadata(),
    /** Signs in through `consent`, which walks an address as a person and answers where it leads. */
    async signIn(redirectUri, consent) {
      const pkceCodeVerifier = client.randomPKCECodeVerifier();
      const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state: expectedState,
        nonce: expectedNonce,
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: "S256",
      });
      const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true, maxAge: 600 };
      return client.authorizationCodeGrant(config, await consent(url.href), checks);
    },
    /** Begins on a device; `typeCode` opens the address that the device shows, as a person. */
    async onDevice(typeCode) {
      const begun = await client.initiateDeviceAuthorization(config, { scope: "spark:people_read" });
      await typeCode(begun);
      return client.pollDeviceAuthorizationGrant(config, begun);
    },
    userInfo: (tokens) => client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub),
    refresh: (token) => client.refreshTokenGrant(config, token),
    introspect: (token) => client.tokenIntrospection(config, token),
    revoke: (token) => client.tokenRevocation(config, token),
  };
}
