using Gatehouse.Platform;

namespace Gatehouse.Commands;

/// <summary><c>serve</c>: runs until it is told to stop, and says on stdout when it accepts requests.</summary>
public static class Serve
{
    public static async Task<int> Run(WebApplication app, Settings settings)
    {
        await app.StartAsync(CancellationToken.None);
        var url = app.Services.GetRequiredService<PublicUrl>();
        var listening = app.Urls.First();
        Console.Out.WriteLine($"Gatehouse is ready at {listening}");
        if (app.Environment.IsDevelopment()) WriteBanner(listening, url, settings);
        await app.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }

    private static void WriteBanner(string listening, PublicUrl url, Settings settings)
    {
        var mail = settings.Mail.IsLocal ? $"{listening}/dev/mail" : "sent by SMTP";
        Console.Error.WriteLine($"""

              Console   {url.Base}/
              Mailbox   {mail}
              API       {listening}/openapi.json
              Data      {Path.GetFullPath(settings.DataDirectory)}

              Next, in a second terminal:  ./gatehouse signup

            """);
    }
}
