using System.Collections.Concurrent;
using Gatehouse.Data;
using Gatehouse.Gateways;
using Gatehouse.Jobs;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace Gatehouse.Tests.Jobs;

/// <summary>Mail leaves once, and never gets lost.</summary>
public sealed class SendOutboxMailTests
{
    [Theory, EveryDatabase]
    public async Task Two_senders_send_each_mail_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:SignUpsPerAddress", "0"));
        await using var twin = await server.StartTwin();
        for (var i = 0; i < 18; i++) await server.StartSignUp($"ada{i}@example.org");
        var gateway = new RecordingGateway();
        await Task.WhenAll(Send(server, gateway), Send(twin, gateway), Send(server, gateway), Send(twin, gateway));
        Assert.Equal(18, gateway.Sent.Count);
        Assert.Equal(18, gateway.Sent.Distinct().Count());
        Assert.Equal(0, await Waiting(server));
    }

    [Theory, EveryDatabase]
    public async Task Failing_gateway_is_tried_again_after_growing_pauses_with_the_same_message(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.StartSignUp("ada@example.org");
        var gateway = new RecordingGateway { IsDown = true };
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
        {
            await Send(server, gateway);
            var due = await server.Ask<Db, DateTime>(db => db.OutboxMails.Select(mail => mail.DueAt).SingleAsync());
            Assert.Equal(TimeSpan.FromSeconds(seconds), due - server.Now);
            var tries = gateway.Tried.Count;
            server.Pass(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            await Send(server, gateway);
            Assert.Equal(tries, gateway.Tried.Count);
            server.Pass(TimeSpan.FromMilliseconds(1));
        }

        gateway.IsDown = false;
        await Send(server, gateway);
        Assert.Single(gateway.Sent);
        Assert.Single(gateway.Tried.Distinct());
        Assert.Equal(0, await Waiting(server));
    }

    [Theory, EveryDatabase]
    public async Task Sender_that_is_stopped_leaves_its_mail_to_the_next_one(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.StartSignUp("ada@example.org");
        using var death = new CancellationTokenSource();
        var dying = new RecordingGateway { BeforeReturning = death.Cancel };
        await Send(server, dying, death.Token);
        Assert.Equal(1, await Waiting(server));
        var next = new RecordingGateway();
        await Send(server, next);
        Assert.Equal(dying.Sent, next.Sent);
        Assert.Equal(0, await Waiting(server));
    }

    [Theory, EveryDatabase]
    public async Task Mail_has_two_parts_and_lines_that_are_not_folded(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.StartSignUp("ada@example.org");
        var message = (await server.ReadMail("ada@example.org")).Message;
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        var from = Assert.Single(message.From.Mailboxes);
        Assert.Equal(("Gatehouse", "no-reply@localhost"), (from.Name, from.Address));
        var text = message.BodyParts.OfType<TextPart>().First();
        Assert.Equal((true, ContentEncoding.EightBit), (text.IsPlain, text.ContentTransferEncoding));
    }

    private static async Task Send(TestServer server, MailGateway gateway, CancellationToken stop = default)
    {
        await using var scope = server.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<SendOutboxMail>(scope.ServiceProvider, gateway).Run(stop);
    }

    private static Task<int> Waiting(TestServer server) => server.Ask<Db, int>(db => db.OutboxMails.CountAsync());

    /// <summary>Notes the id of each message it gets, and breaks down on request.</summary>
    private sealed class RecordingGateway : MailGateway
    {
        public ConcurrentQueue<string> Sent { get; } = [];

        public ConcurrentQueue<string> Tried { get; } = [];

        public bool IsDown { get; set; }

        public Action BeforeReturning { get; init; } = () => { };

        public override Task Send(MimeMessage message, CancellationToken stop)
        {
            Tried.Enqueue(message.MessageId!);
            if (IsDown) throw new IOException("The mail server is down.");
            Sent.Enqueue(message.MessageId!);
            BeforeReturning();
            return Task.CompletedTask;
        }
    }
}
