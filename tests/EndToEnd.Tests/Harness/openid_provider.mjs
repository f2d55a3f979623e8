// A real OpenID provider (npm oidc-provider) on loopback. Whoever types a name into its page is name@example.com, with
// an address that was verified, unless the name begins with "unproven".
// Arguments: the folder of the package, client id, client secret.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const [folder, clientId, clientSecret] = process.argv.slice(2);
const library = pathToFileURL(`${folder}/lib/index.js`).href;
const { Provider, interactionPolicy } = await import(library);

const probe = createServer().listen(0, '127.0.0.1');
await new Promise((listening) => { probe.once('listening', listening); });
const { port } = probe.address();
await new Promise((closed) => { probe.close(closed); });
const issuer = `http://127.0.0.1:${port}`;

// Its development pages know no choice of accounts: every visitor is asked for a name anyway.
const policy = interactionPolicy.base();
const selectAccount = new interactionPolicy.Prompt({ name: 'select_account', requestable: true });
selectAccount.checks.splice(0);
policy.add(selectAccount, 0);

const provider = new Provider(issuer, {
    clients: [{
        client_id: clientId,
        client_secret: clientSecret,
        // Native: a loopback address with any port (RFC 8252 7.3), as the server's is the system's choice.
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/oauth/callback'],
    }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: true } },
    interactions: { policy },
    pkce: { required: () => true },
    findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({
            sub: id, email: `${id}@example.com`, email_verified: !id.startsWith('unproven'), name: id,
        }),
    }),
});
provider.listen(port, '127.0.0.1', () => console.log(`Provider is ready at ${issuer}`));
