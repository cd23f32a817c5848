namespace BpfGen.CommandLine;

/// <summary>What a command line asks for.</summary>
internal sealed record Request
{
    /// <summary>The objects: one, or one for each processor.</summary>
    public required IReadOnlyList<ObjectInput> Objects { get; init; }

    /// <summary>The file to write, or null for standard output.</summary>
    public string? OutputPath { get; init; }

    /// <summary>Namespace of the class; null for the global one.</summary>
    public string? Namespace { get; init; }

    /// <summary>Name of the class; null for one made of the first object's name.</summary>
    public string? ClassName { get; init; }

    /// <summary>Who may use the class.</summary>
    public Accessibility Accessibility { get; init; }

    /// <summary>Types to write although no map and no variable leads to them, by their names in C.</summary>
    public IReadOnlyList<string> TypeNames { get; init; } = [];
}
