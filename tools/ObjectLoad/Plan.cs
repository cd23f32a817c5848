using System.Buffers.Binary;
using System.Globalization;
using BpfCore.Specs;

namespace ObjectLoad;

/// <summary>
/// How objects are prepared before they are loaded: the lines <c>OBJECT WHAT SUBJECT…</c> that tests/oracle's
/// <c>load --prepare</c> makes of tests/corpus/preparations.txt.
/// </summary>
public sealed class Plan
{
    private const uint EventIndexSize = 4;

    private readonly ILookup<string, string[]> _steps;

    private Plan(IEnumerable<string> lines) => _steps = lines
        .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToLookup(static words => words[0], static words => words[1..]);

    /// <summary>Leaves every object as it is.</summary>
    public static Plan Empty { get; } = new([]);

    /// <summary>Reads a plan.</summary>
    /// <param name="path">Path of the file.</param>
    public static Plan Read(string path) => new(File.ReadLines(path));

    /// <summary>Prepares an object.</summary>
    /// <param name="name">Its name in the plan.</param>
    /// <param name="spec">The object.</param>
    /// <exception cref="KeyNotFoundException">The plan names what the object lacks.</exception>
    public void Apply(string name, BpfObjectSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (string[] words in _steps[name])
        {
            Apply(spec, words);
        }
    }

    private static void Apply(BpfObjectSpec spec, string[] words)
    {
        switch (words)
        {
            case ["off", .. string[] programs]:
                Array.ForEach(programs, program => spec.Programs[program].AutoLoad = false);
                break;
            case ["target", string program, string function]:
                spec.Programs[program].Target =
                    ((TracingTarget)spec.Programs[program].Target!) with { Name = function };
                break;
            case ["entries", string map, string count]:
                spec.Maps[map].MaxEntries = Number<uint>(count);
                break;
            case ["value", string map, string size]:
                spec.Maps[map].ValueSize = Number<uint>(size);
                break;
            case ["events", string map]:
                MakePerfEventArray(spec.Maps[map]);
                break;
            case ["omit", string map]:
                spec.Maps[map].AutoCreate = false;
                break;
            case ["set", string variable, string value]:
                Set(spec.Variables[variable], Number<ulong>(value));
                break;
            default:
                throw new FormatException($"the plan says '{string.Join(' ', words)}'");
        }
    }

    private static void MakePerfEventArray(MapSpec map)
    {
        map.Type = MapType.PerfEventArray;
        map.KeySize = EventIndexSize;
        map.ValueSize = EventIndexSize;
        map.MaxEntries = 0;
    }

    private static void Set(VariableSpec variable, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        bytes[..variable.Bytes.Length].CopyTo(variable.Bytes);
    }

    private static T Number<T>(string text)
        where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);
}
