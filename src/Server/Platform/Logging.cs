namespace Gatehouse.Platform;

/// <summary>Logs go to stderr: one line each for people in Development, one JSON object each elsewhere.</summary>
public static class Logging
{
    public static void Configure(ILoggingBuilder logging, bool development)
    {
        logging.ClearProviders();
        if (development) logging.AddSimpleConsole(console => console.SingleLine = true);
        else logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // These write whole addresses, with whatever secret a client put into them, or every statement that met a
        // unique index. No setting brings them back.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Components", LogLevel.Warning);
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        logging.AddFilter("Npgsql", LogLevel.Critical);
        // A start that fails is told in a sentence by whoever started it; what ends a running host stays.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }
}
