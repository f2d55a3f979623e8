using Gatehouse.Platform;

namespace Gatehouse.Commands;

/// <summary><c>serve</c>: runs until it is told to stop, and says on stdout when it accepts requests.</summary>
public static class Serve
{
    public static async Task<int> Run(WebApplication app, Settings settings)
    {
        await Start(app);
        var url = app.Services.GetRequiredService<PublicUrl>();
        var listening = app.Urls.First();
        Console.Out.WriteLine($"Gatehouse is ready at {listening}");
        if (app.Environment.IsDevelopment()) WriteBanner(listening, url, settings);
        await app.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }

    /// <summary>Kestrel's own message names the address, and says that it is in use or not allowed.</summary>
    private static async Task Start(WebApplication app)
    {
        try
        {
            await app.StartAsync(CancellationToken.None);
        }
        catch (Exception taken) when (taken is IOException or System.Net.Sockets.SocketException)
        {
            await app.StopAsync(CancellationToken.None); // The jobs run already.
            throw new MistakenStart($"{taken.Message.TrimEnd('.')}. --urls names another address.", exitCode: 1);
        }
    }

    private static void WriteBanner(string listening, PublicUrl url, Settings settings)
    {
        var mail = settings.Mail.IsLocal ? $"{listening}/dev/mail" : "sent by SMTP";
        var host = listening == PublicUrl.Default ? "" : $" --host {listening}";
        Console.Error.WriteLine($"""

              Console   {url.Base}/
              Mailbox   {mail}
              Docs      {listening}/docs/api
              Data      {Path.GetFullPath(settings.DataDirectory)}

              Next, in a second terminal:  ./gatehouse signup{host}

            """);
    }
}
