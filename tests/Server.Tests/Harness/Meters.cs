using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Tests.Harness;

/// <summary>
/// What one server counts from now on; <c>/metrics</c> tells what all servers of this process count together.
/// </summary>
public sealed class Meters : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> figures = new(StringComparer.Ordinal);

    public Meters(TestServer server)
    {
        var own = server.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, own)) me.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) =>
        {
            var name = string.Join(' ', [instrument.Name, .. labels.ToArray().Select(label => $"{label.Value}")]);
            figures.AddOrUpdate(name, value, (_, before) => instrument.IsObservable ? value : before + value);
        });
        listener.Start();
    }

    /// <summary>A figure by its name, followed by the values of its labels.</summary>
    public long Read(string name)
    {
        listener.RecordObservableInstruments();
        return figures.GetValueOrDefault(name);
    }

    public void Dispose() => listener.Dispose();
}
