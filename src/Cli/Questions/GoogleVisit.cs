using System.Net;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Questions;

/// <summary>Sends a person to Google with a browser, and waits until the browser hands over.</summary>
internal static class GoogleVisit
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>The reply that the browser brought about.</summary>
    /// <param name="run">The run that waits.</param>
    /// <param name="server">Who was asked.</param>
    /// <param name="started">The reply that names the page.</param>
    /// <param name="purpose">What it is for, as a verb.</param>
    public static async Task<ApiReply> Wait(
        Invocation run, ServerAddress server, ApiReply started, string purpose)
    {
        var data = started.OrFail().Data;
        var (url, session, code) = (data.Text("url"), data.Text("session"), data.Text("pairing_code"));
        if (url is null || session is null)
            throw started.NotUnderstood();
        run.Terminal.Say($"To {purpose} browse to {url}");
        if (code is not null)
            run.Terminal.Say($"Go on there only if the page shows this code: {code}");
        if (run.Terminal.TalksToPerson)
            Browser.Open(url, run.Surroundings);
        run.Terminal.Hint("Waiting for the browser, for ten minutes. Ctrl-C stops waiting; nothing is made then.");
        var client = run.Anonymous(server);
        while (true)
        {
            var reply = await client.Get($"/api/oauth/google/{Uri.EscapeDataString(session)}", run.Cancelled);
            if (reply.Status != HttpStatusCode.NoContent)
                return reply.Succeeded ? reply : throw Refused(reply);
            await Task.Delay(Pause, TimeProvider.System, run.Cancelled);
        }
    }

    private static Failure Refused(ApiReply reply)
    {
        if (reply.Errors.Mention("access denied"))
            return new Failure(ExitCode.Cancelled, "Google or the page in the browser was told no. Nothing was made.");
        return reply.Status == HttpStatusCode.UnprocessableEntity
            ? new Failure(ExitCode.NotLoggedIn, reply.Errors.ToString())
            : reply.Failure();
    }
}
