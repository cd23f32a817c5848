using System.Globalization;
using BpfCore;
using BpfCore.Maps;

namespace EventLoad;

/// <summary>The maps of a running reader that events go into: its perf buffer's and its global data.</summary>
internal sealed class ReaderMaps : IDisposable
{
    private const string EventsName = "events";
    private const string GlobalDataName = ".bss";
    private const string MapIdField = "map_id:";

    private BpfMap? _events;
    private BpfMap? _globalData;

    private ReaderMaps()
    {
    }

    /// <summary>The maps by their names in the object.</summary>
    public IReadOnlyDictionary<string, BpfMap> ByName => new Dictionary<string, BpfMap>
    {
        [EventsName] = _events!,
        [GlobalDataName] = _globalData!,
    };

    /// <summary>Finds the maps among what a process has open.</summary>
    /// <param name="processId">The process.</param>
    /// <exception cref="IOException">There is no such process.</exception>
    /// <exception cref="InvalidOperationException">It holds no such maps.</exception>
    /// <exception cref="SyscallException">The kernel does not give the maps out.</exception>
    public static ReaderMaps Of(int processId)
    {
        ReaderMaps found = new();
        try
        {
            foreach (uint id in MapIds(processId))
            {
                found.Take(BpfMap.Open(id));
            }

            return found._events is not null && found._globalData is not null
                ? found
                : throw new InvalidOperationException(
                    $"process {processId} has no maps '{EventsName}' and '*{GlobalDataName}' open: it is no reader "
                    + "of tcpconnlat's events");
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _events?.Dispose();
        _globalData?.Dispose();
    }

    private void Take(BpfMap map)
    {
        if (map.Name == EventsName)
        {
            _events?.Dispose();
            _events = map;
        }
        else if (map.Name.EndsWith(GlobalDataName, StringComparison.Ordinal))
        {
            _globalData?.Dispose();
            _globalData = map;
        }
        else
        {
            map.Dispose();
        }
    }

    private static HashSet<uint> MapIds(int processId)
    {
        HashSet<uint> ids = [];
        foreach (string file in Directory.GetFiles($"/proc/{processId}/fdinfo"))
        {
            foreach (string line in ReadLines(file))
            {
                if (line.StartsWith(MapIdField, StringComparison.Ordinal))
                {
                    ids.Add(uint.Parse(line.AsSpan(MapIdField.Length).Trim(), CultureInfo.InvariantCulture));
                }
            }
        }

        return ids;
    }

    // The process goes on: a descriptor that it closed in the meantime is none of those looked for.
    private static string[] ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
