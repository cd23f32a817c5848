using System.Runtime.InteropServices;

namespace BpfGen.CommandLine;

/// <summary>Reads a command line: every word has a meaning, or the whole line is refused.</summary>
internal static class RequestReader
{
    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    /// <returns>The request; null when help is asked for.</returns>
    /// <exception cref="UsageException">A word has no meaning, or one is missing.</exception>
    public static Request? Read(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Contains("--help") || arguments.Contains("-h"))
        {
            return null;
        }

        Dictionary<string, string> options = new(StringComparer.Ordinal);
        List<ObjectInput> objects = [];
        foreach (string word in arguments.SelectMany(Expand))
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                AddOption(options, word);
            }
            else
            {
                objects.Add(ReadObject(word));
            }
        }

        CheckObjects(objects);
        return options.Aggregate(
            new Request { Objects = objects }, static (request, option) => Apply(request, option.Key, option.Value));
    }

    // @FILE stands for the lines of a file, as builds have more to say than command lines take.
    private static string[] Expand(string word) => word.StartsWith('@') ? File.ReadAllLines(word[1..]) : [word];

    private static void AddOption(Dictionary<string, string> options, string word)
    {
        int sign = word.IndexOf('=', StringComparison.Ordinal);
        if (sign < 0)
        {
            throw new UsageException($"'{word}' has no value: an option is --NAME=VALUE");
        }

        (string name, string value) = (word[..sign], word[(sign + 1)..]);
        if (!options.TryAdd(name, value) && options[name] != value)
        {
            throw new UsageException(
                $"{name} is both '{options[name]}' and '{value}': all objects of a class must agree");
        }
    }

    private static Request Apply(Request request, string option, string value)
    {
        switch (option)
        {
            case "--output":
                return request with { OutputPath = value };
            case "--namespace":
                return request with { Namespace = value.Length > 0 ? value : null };
            case "--class":
                return request with { ClassName = value.Length > 0 ? value : null };
            case "--accessibility":
                return request with { Accessibility = ReadAccessibility(value) };
            case "--types":
                const StringSplitOptions clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
                return request with { TypeNames = value.Split([';', ','], clean) };
            default:
                throw new UsageException($"there is no option '{option}'");
        }
    }

    private static Accessibility ReadAccessibility(string value) => value switch
    {
        "" or "internal" => Accessibility.Internal,
        "public" => Accessibility.Public,
        _ => throw new UsageException($"--accessibility: '{value}' is not one of internal, public"),
    };

    // ARCHITECTURE=PATH; what stands before the sign in a path is no processor's name.
    private static ObjectInput ReadObject(string word)
    {
        int sign = word.IndexOf('=', StringComparison.Ordinal);
        return sign > 0 && ReadArchitecture(word[..sign]) is { } architecture
            ? new ObjectInput(word[(sign + 1)..], architecture)
            : new ObjectInput(word.TrimStart('='), null);
    }

    private static Architecture? ReadArchitecture(string name) => name switch
    {
        "x64" => Architecture.X64,
        "arm64" => Architecture.Arm64,
        _ when name.Contains('/', StringComparison.Ordinal) || name.Contains('.', StringComparison.Ordinal) => null,
        _ => throw new UsageException($"'{name}' is not one of the architectures x64, arm64"),
    };

    private static void CheckObjects(List<ObjectInput> objects)
    {
        if (objects.Count == 0)
        {
            throw new UsageException("no object is given");
        }

        if (objects.Count > 1 && objects.Exists(static input => input.Architecture is null))
        {
            throw new UsageException(
                "several objects make one class only when each is for an architecture of its own: x64=OBJ arm64=OBJ");
        }

        if (objects.DistinctBy(static input => input.Architecture).Count() < objects.Count)
        {
            throw new UsageException("two objects are for the same architecture");
        }
    }
}
