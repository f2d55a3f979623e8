using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Questions;

/// <summary>Sends a person to the payment provider's page for cards, and waits until one was entered.</summary>
internal static class CardPageVisit
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Ends when the card is stored.</summary>
    /// <param name="run">The run that waits.</param>
    /// <param name="open">Opens the page.</param>
    /// <param name="look">Asks how far the page of an id is.</param>
    public static async Task Wait(Invocation run, Func<Task<ApiReply>> open, Func<string, Task<ApiReply>> look)
    {
        if (!run.Interview.MayRead)
            throw Failure.Usage("A card is missing; --stripe-token supplies it.");

        var opened = (await open()).OrFail();
        var (id, url) = (opened.Data.Text("id"), opened.Data.Text("url"));
        if (id is null || url is null)
            throw opened.NotUnderstood();
        run.Terminal.Say("Enter the card on this page:");
        run.Terminal.Say($"  {url}");
        if (run.Terminal.TalksToPerson)
            Browser.Open(url, run.Surroundings);
        run.Terminal.Hint("Waiting for it. Ctrl-C stops waiting; a card that is entered later is kept all the same.");
        while (true)
        {
            switch ((await look(id)).OrFail().Data.Text("state"))
            {
                case "complete":
                    run.Terminal.Cheer("The card is stored.");
                    return;
                case "expired":
                    throw new Failure(ExitCode.Error, "The page has expired, and no card was entered.");
                default:
                    await Task.Delay(Pause, TimeProvider.System, run.Cancelled);
                    break;
            }
        }
    }
}
