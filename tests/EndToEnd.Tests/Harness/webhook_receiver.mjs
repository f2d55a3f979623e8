// Receives webhooks on loopback and verifies each with npm's standardwebhooks: one line for each message, "good ID TYPE"
// or "bad ID WHY". The secret is the only line of standard input; each answer takes a while, as work does.
// Arguments: the folder of the package, milliseconds before an answer.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const [folder, pause] = process.argv.slice(2);
const { Webhook } = createRequire(import.meta.url)(folder);
let verifier;
createInterface({ input: process.stdin }).on('line', (secret) => { verifier = new Webhook(secret); });

const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const id = request.headers['webhook-id'];
    try {
        const message = verifier.verify(Buffer.concat(parts), request.headers);
        await new Promise((over) => { setTimeout(over, Number(pause)); });
        console.log(`good ${id} ${message.type}`);
        response.writeHead(204).end();
    } catch (wrong) {
        console.log(`bad ${id} ${wrong.message}`);
        response.writeHead(400).end();
    }
});
server.listen(0, '127.0.0.1', () => {
    console.log(`Receiver is ready at http://127.0.0.1:${server.address().port}/events`);
});
