namespace BpfCore.Typed;

/// <summary>What a type of an object's interface is there for.</summary>
public enum InterfaceTypeRole
{
    /// <summary>A key, a value, a global variable, or a part of one of these.</summary>
    Stored,

    /// <summary>
    /// What a global variable points to, or a type that was asked for by name: the programs send it, for example
    /// through a ring buffer.
    /// </summary>
    Sent,
}
